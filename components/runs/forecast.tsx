"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { countOf, formatCount } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { formatDuration } from "@/lib/domain/duration";
import type { RunConfig } from "@/lib/domain/run-config";

/** What the configuration would cost; null while it is not valid. */
export function useForecast(config: RunConfig | null) {
  return useQuery({
    ...api.runs.forecast.queryOptions({ input: config! }),
    enabled: config !== null,
    placeholderData: keepPreviousData,
  });
}

/** What the configuration would cost, and what stands in its way. */
export function Forecast({ forecast }: { forecast: ReturnType<typeof useForecast> }) {
  if (forecast.isError) return <Problem error={forecast.error} onRetry={() => forecast.refetch()} />;
  if (!forecast.data) return <Skeleton className="h-32" />;
  const { anchors, edits, maxCandidates, regionEdits, quotaEdits, seconds, spend, problems, warnings } =
    forecast.data;
  const rows: [string, string][] = [
    ["Anchors", formatCount(anchors)],
    ["Edits", quotaEdits === null ? `up to ${formatCount(edits)}` : `about ${formatCount(edits)} at first`],
    ...(quotaEdits !== null
      ? [["Drawn for the quotas", `about ${formatCount(quotaEdits)}`] as [string, string]]
      : []),
    ...(regionEdits > 0 ? [["In regions", `up to ${countOf(regionEdits, "edit")}`] as [string, string]] : []),
    ["Candidates", maxCandidates > 0 ? `at most ${formatCount(maxCandidates)}` : "none"],
    ...(spend
      ? [["Money", `${spend.measured ? "about" : "at most"} ${spend.amount.toFixed(2)}`] as [string, string]]
      : []),
    ["Work", seconds === null ? "not measured yet" : `about ${formatDuration(seconds)}`],
  ];
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {rows.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-right font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {warnings.map((warning) => (
        <p
          key={warning}
          role="alert"
          className="rounded-lg border border-warn/50 bg-warn-soft px-3 py-2 text-[13px] text-warn"
        >
          {warning}
        </p>
      ))}
      {problems.length > 0 && (
        <ul className="flex flex-col gap-1.5 rounded-lg bg-warn-soft px-3 py-2 text-[13px] text-warn">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {anchors === 0 && (
        <Link href="/anchors?import=1" className={buttonClass({})}>
          Add anchors
        </Link>
      )}
    </div>
  );
}
