"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Allowed } from "@/components/people/permission";
import { runProgress } from "@/components/runs/run-progress";
import { RunStateBadge } from "@/components/runs/run-state-badge";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { formatDuration } from "@/lib/domain/duration";

export function RecentRuns() {
  const runs = useQuery(api.runs.list.queryOptions({ input: { limit: 5 } }));
  return (
    <Panel
      title="Runs"
      actions={
        <Allowed to="curate">
          <Link href="/runs/new" className={buttonClass({ size: "small" })}>
            New run
          </Link>
        </Allowed>
      }
    >
      {runs.isPending && <Skeleton className="h-16" />}
      {runs.data?.items.length === 0 && (
        <p className="text-ink-soft">
          No run yet. A run writes edits for your anchors, draws candidates and keeps the good pairs.
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {runs.data?.items.map((run) => {
          const { share, secondsLeft } = runProgress(run);
          return (
            <li key={run.id} className="py-3 first:pt-0 last:pb-0">
              <Link
                href={`/runs/${run.id}`}
                className="group grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2"
              >
                <span className="truncate font-medium group-hover:text-accent">{run.name}</span>
                <span className="justify-self-end">
                  <RunStateBadge state={run.state} />
                </span>
                <Progress
                  value={share}
                  label={`${run.name}: progress`}
                  tone={run.state === "failed" ? "bad" : run.state === "succeeded" ? "good" : "accent"}
                />
                <span className="text-right text-xs text-ink-soft tabular-nums">
                  {run.state === "running" && secondsLeft !== null
                    ? `${formatDuration(secondsLeft)} left`
                    : `${run.samples.pending + run.samples.approved + run.samples.rejected} samples`}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
