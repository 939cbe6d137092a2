"use client";

import { useQuery } from "@tanstack/react-query";
import { formatScore } from "@/components/edits/failure-text";
import { api } from "@/lib/api/client";
import type { DeskSample, ScoreDistribution } from "@/lib/api/contract/review";
import { scoreDefinitions } from "@/lib/domain/scores";
import { percentileIn } from "./percentile";

/** The scores of a pair and where each sits among those of its run. */
export function ScorePanel({
  sample,
  scores,
}: {
  sample: DeskSample;
  scores: Readonly<Record<string, number>>;
}) {
  const runId = sample.run?.id;
  const distribution = useQuery({
    ...api.review.distribution.queryOptions({ input: { runId: runId ?? "" } }),
    enabled: runId !== undefined,
    staleTime: 60_000,
  });
  const shown = scoreDefinitions.filter(({ id }) => scores[id] !== undefined);
  if (shown.length === 0) return <p className="text-[13px] text-ink-soft">Nothing was measured.</p>;
  const of = (id: string) => distribution.data?.scores.find(({ score }) => score === id);
  return (
    <>
      {sample.scoresStale && (
        <p className="mb-2 rounded-md bg-warn-soft px-2 py-1 text-[13px] text-warn">
          Stale: made for earlier texts or another mask.
        </p>
      )}
      <dl className="flex flex-col gap-2 text-[13px]">
        {shown.map(({ id, label, description }) => {
          const value = scores[id]!;
          const run = of(id);
          return (
            <div key={id} className="grid grid-cols-[1fr_auto] gap-x-3" title={description}>
              <dt className="text-ink-soft">{label}</dt>
              <dd className="text-right tabular-nums">
                {formatScore(value)}
                {run && <span className="ml-1.5 text-ink-soft">{ordinal(percentileIn(run, value))}</span>}
              </dd>
              {run && <Histogram run={run} value={value} />}
            </div>
          );
        })}
      </dl>
      {distribution.data && (
        <p className="mt-2 text-xs text-ink-soft">
          Percentiles among {distribution.data.candidates.toLocaleString("en")} candidates of the run.
        </p>
      )}
    </>
  );
}

function ordinal(percentile: number): string {
  return `P${Math.round(percentile)}`;
}

/** Bars of the run's candidates with a mark at this one. */
function Histogram({ run, value }: { run: ScoreDistribution; value: number }) {
  const most = Math.max(...run.bins);
  const width = 100 / run.bins.length;
  const at = run.max === run.min ? 50 : ((value - run.min) / (run.max - run.min)) * 100;
  return (
    <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true" className="col-span-2 h-4 w-full">
      {run.bins.map((count, index) => {
        const height = (count / most) * 15;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name
            key={index}
            x={index * width}
            y={16 - height}
            width={width * 0.86}
            height={height}
            className="fill-line-strong/60"
          />
        );
      })}
      <rect x={Math.min(99, Math.max(0, at - 0.5))} y={0} width={1.4} height={16} className="fill-accent" />
    </svg>
  );
}
