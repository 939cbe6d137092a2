import { countOf, formatAmount, formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import type { RunView, StageView } from "@/lib/api/contract/runs";
import { formatDuration } from "@/lib/domain/duration";
import type { RunState } from "@/lib/domain/run-state";

const names: Record<StageView["stage"], { title: string; unit: string; made: string; kept: string }> = {
  instructions: { title: "Instructions", unit: "anchors", made: "edits written", kept: "edits kept" },
  freeForm: { title: "Free-form images", unit: "edits", made: "candidates drawn", kept: "kept as samples" },
  region: { title: "Images in regions", unit: "edits", made: "candidates drawn", kept: "kept as samples" },
};

/** How far each stage of a run is. */
export function StagePanels({ run }: { run: RunView }) {
  return (
    <div className={`mb-6 grid gap-4 md:grid-cols-2 ${run.stages.length > 2 ? "xl:grid-cols-3" : ""}`}>
      {run.stages.map((stage) => (
        <StagePanel key={stage.stage} stage={stage} state={run.state} />
      ))}
    </div>
  );
}

function StagePanel({ stage, state }: { stage: StageView; state: RunState }) {
  const { title, unit, made, kept } = names[stage.stage];
  const finished = stage.done + stage.failed;
  const facts = [
    `${formatCount(stage.produced)} ${made}`,
    stage.produced > 0 && `${formatCount(stage.kept)} ${kept}`,
    stage.skipped > 0 && skippedText(stage),
    stage.failed > 0 && `${formatCount(stage.failed)} failed`,
    stage.spent > 0 && `${formatAmount(stage.spent)} spent`,
  ].filter(Boolean);
  return (
    <Panel>
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-[13px] tabular-nums">
          {formatCount(finished)} of {formatCount(stage.total)} {unit}
        </span>
      </div>
      <Progress
        value={stage.total > 0 ? finished / stage.total : 0}
        label={`${title}: progress`}
        tone={stage.total > 0 && finished === stage.total ? "good" : "accent"}
      />
      <div className="mt-2.5 flex flex-wrap justify-between gap-x-4 text-[13px] text-ink-soft tabular-nums">
        <span>{facts.join(" · ")}</span>
        <span>{paceOf(stage, unit, state)}</span>
      </div>
    </Panel>
  );
}

/** Edits that no image was drawn for, with the reason that the stage can have. */
function skippedText({ stage, skipped }: StageView): string {
  const reason = stage === "region" ? "no region was found, or the quota was met" : "the quota was met";
  return `${countOf(skipped, "edit")} not drawn here: ${reason}`;
}

function paceOf({ ratePerHour, secondsLeft }: StageView, unit: string, state: RunState): string {
  if (ratePerHour === null) return state === "running" ? "rate not measured yet" : "";
  const rate =
    ratePerHour >= 600
      ? `${formatCount(Math.round(ratePerHour / 60))} ${unit} a minute`
      : `${formatCount(Math.round(ratePerHour))} ${unit} an hour`;
  const left = state === "running" && secondsLeft ? `, ${formatDuration(secondsLeft)} left` : "";
  return rate + left;
}
