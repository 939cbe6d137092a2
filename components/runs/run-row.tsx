import Link from "next/link";
import { countOf, formatMoment } from "@/components/ui/format";
import { Progress } from "@/components/ui/progress";
import type { RunView } from "@/lib/api/contract/runs";
import { formatDuration } from "@/lib/domain/duration";
import { runProgress } from "./run-progress";
import { RunStateBadge } from "./run-state-badge";

/** A run in one line of the list. */
export function RunRow({ run }: { run: RunView }) {
  const { share, secondsLeft } = runProgress(run);
  const stage = (name: string) => run.stages.find((candidate) => candidate.stage === name);
  const edits = stage("instructions")?.produced ?? 0;
  const candidates = (stage("freeForm")?.produced ?? 0) + (stage("region")?.produced ?? 0);
  const { pending, approved, rejected } = run.samples;
  return (
    <li>
      <Link
        href={`/runs/${run.id}`}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-2 px-5 py-3.5 hover:bg-sunken lg:grid-cols-[minmax(0,1fr)_7rem_18rem_8rem]"
      >
        <span className="min-w-0">
          <span className="block truncate font-medium">{run.name}</span>
          <span className="block truncate text-xs text-ink-soft">
            {run.madeBy.instructions} · {run.madeBy.images}
          </span>
        </span>
        <span>
          <RunStateBadge state={run.state} />
        </span>
        <span className="flex min-w-0 flex-col gap-1.5">
          <Progress
            value={share}
            label={`${run.name}: progress`}
            tone={run.state === "failed" ? "bad" : run.state === "succeeded" ? "good" : "accent"}
          />
          <span className="text-xs text-ink-soft tabular-nums">
            {countOf(edits, "edit")} · {countOf(candidates, "candidate")} ·{" "}
            {countOf(pending + approved + rejected, "sample")}
          </span>
        </span>
        <span className="text-right text-xs whitespace-nowrap text-ink-soft tabular-nums">
          {run.state === "running" && secondsLeft !== null
            ? `${formatDuration(secondsLeft)} left`
            : formatMoment(run.createdAt)}
        </span>
      </Link>
    </li>
  );
}
