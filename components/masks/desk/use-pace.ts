"use client";

import { useQuery } from "@tanstack/react-query";
import { formatCount } from "@/components/ui/format";
import { api } from "@/lib/api/client";
import type { MaskProgress } from "@/lib/api/contract/masks";
import type { DeskSource } from "./desk-source";

/** How it goes in the queue, in words; null for a region that was opened by itself. */
export function usePace(source: DeskSource, underWay: number): string | null {
  const progress = useQuery(
    api.masks.progress.queryOptions({
      input: source.kind === "queue" ? source.filter : {},
      enabled: source.kind === "queue",
      refetchInterval: 60_000,
    }),
  );
  if (source.kind !== "queue" || !progress.data) return null;
  return [...paceParts(progress.data), underWay > 0 && `${underWay} on the way`].filter(Boolean).join(" · ");
}

/** Progress and pace, the most important first. */
export function paceParts({ open, done, doneToday, medianSeconds }: MaskProgress): string[] {
  const left = medianSeconds === null ? null : (open * medianSeconds) / 3600;
  return [
    `${formatCount(open)} left`,
    `${formatCount(done)} done`,
    ...(doneToday > 0 ? [`${formatCount(doneToday)} by you today`] : []),
    ...(medianSeconds === null ? [] : [`${Math.round(medianSeconds)} s each`]),
    ...(left !== null && open > 0
      ? [`about ${left < 1 ? `${Math.ceil(left * 60)} min` : `${left.toFixed(1)} h`} of work`]
      : []),
  ];
}
