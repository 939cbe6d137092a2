import type { RunView, StageView } from "@/lib/api/contract/runs";
import { countOf } from "@/lib/domain/counts";
import { formatDuration } from "@/lib/domain/duration";
import { editTypeInfo } from "@/lib/domain/edit-types";
import { bar } from "./progress-line";

const stageNames = { instructions: "Instructions", freeForm: "Free-form", region: "Region" } as const;

/** A run in one line of a list. */
export function runLine({ id, name, state, stages, createdAt }: RunView): string {
  const { finished, total } = progressOf(stages);
  return `${id}  ${createdAt.toISOString().slice(0, 16).replace("T", " ")}  ${state.padEnd(9)}  ${finished}/${total}  ${countOf(keptOf(stages), "sample")}  ${name}`;
}

/** How far a run is, in a line that is written over and over. */
export function progressText({ name, stages, state, message, coverage }: RunView): string {
  if (state === "paused" && message) return `${name} waits: ${message}`;
  const { finished, total } = progressOf(stages);
  const current = stages.findLast((stage) => stage.total > stage.done + stage.failed) ?? stages.at(-1);
  const rate = current?.ratePerHour ? `, ${Math.round(current.ratePerHour)}/h` : "";
  const left = current?.secondsLeft ? `, ${formatDuration(current.secondsLeft)} left` : "";
  const met = coverage.filter(({ kept: have, quota }) => have >= quota).length;
  const quotas = coverage.length > 0 ? `, ${met}/${coverage.length} quotas met` : "";
  return `${name} ${bar(total ? finished / total : 0)} ${finished}/${total}, ${countOf(keptOf(stages), "sample")}${quotas}${rate}${left}`;
}

/** Quotas, and edits that were left out, in a sentence each. */
export function outcomeLines({ coverage, stages }: RunView): string[] {
  const quotas = coverage.map(
    ({ editType, kept, quota }) => `${editTypeInfo(editType).label.toLowerCase()} ${kept}/${quota}`,
  );
  const skipped = stages.reduce((sum, stage) => sum + stage.skipped, 0);
  return [
    ...(quotas.length > 0 ? [`Quotas: ${quotas.join(", ")}.`] : []),
    ...(skipped > 0
      ? [`${skipped} ${skipped === 1 ? "edit" : "edits"} had no region or came too late for a quota.`]
      : []),
  ];
}

/** Everything that a run's page shows in numbers. */
export function printRun(run: RunView): void {
  const { id, name, state, message, madeBy, stages, yields, samples, resumeAt } = run;
  console.log(`${name} (${id}): ${state}${message ? `. ${message}` : ""}`);
  if (resumeAt) console.log(`It tries again at ${resumeAt.toLocaleTimeString("en-GB")}.`);
  console.log(`Instructions: ${madeBy.instructions}. Images: ${madeBy.images}.`);
  console.table(Object.fromEntries(stages.map((stage) => [stageNames[stage.stage], stageCells(stage)])));
  if (yields.length > 0) {
    console.table(
      yields.map(({ stage, editType, edits, finished, drawn, passed, kept, unetRows }) => ({
        stage: stageNames[stage],
        "edit type": editTypeInfo(editType).label,
        edits: `${finished}/${edits}`,
        drawn,
        passed,
        kept,
        "kept per 1,000 UNet rows": unetRows > 0 ? Number(((1000 * kept) / unetRows).toFixed(1)) : null,
      })),
    );
  }
  for (const sentence of outcomeLines(run)) console.log(sentence);
  console.log(
    `Samples: ${samples.pending} to review, ${samples.approved} approved, ${samples.rejected} rejected.`,
  );
}

function stageCells({ total, done, failed, skipped, produced, kept, unetRows, spent, ...pace }: StageView) {
  return {
    done: `${done}/${total}`,
    failed,
    "left out": skipped,
    produced,
    kept,
    "UNet rows": unetRows,
    ...(spent > 0 && { spent }),
    "per hour": pace.ratePerHour === null ? "–" : Math.round(pace.ratePerHour),
    left: pace.secondsLeft === null ? "–" : formatDuration(pace.secondsLeft),
  };
}

function progressOf(stages: readonly StageView[]): { finished: number; total: number } {
  return {
    finished: stages.reduce((sum, stage) => sum + stage.done + stage.failed, 0),
    total: stages.reduce((sum, stage) => sum + stage.total, 0),
  };
}

function keptOf(stages: readonly StageView[]): number {
  return stages.filter(({ stage }) => stage !== "instructions").reduce((sum, stage) => sum + stage.kept, 0);
}
