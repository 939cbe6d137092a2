"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api, client } from "@/lib/api/client";

/** The planted samples with how many reviewers had them and agreed. */
export function GoldPanel() {
  const queries = useQueryClient();
  const toasts = useToasts();
  const gold = useInfiniteQuery(
    api.review.gold.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 30, ...(cursor && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = gold.data?.pages.flatMap((page) => page.items) ?? [];
  const retire = async (sampleId: string) => {
    try {
      await client.review.retireGold({ sampleId });
      await queries.invalidateQueries({ queryKey: api.review.gold.key() });
    } catch (error) {
      toasts.complain(error);
    }
  };
  return (
    <Panel title="Gold samples">
      {gold.error && <Problem error={gold.error} onRetry={() => void gold.refetch()} />}
      {gold.isPending && (
        <Loading label="Loading the gold samples">
          <Skeleton className="h-16" />
        </Loading>
      )}
      {gold.data && items.length === 0 && (
        <p className="text-ink-soft">
          None yet. On the desk, plant a sample whose answer is beyond doubt with Shift+A or Shift+X: other
          reviewers get it among the rest and cannot tell.
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {items.map(({ sampleId, instruction, answer, seen, agreed, author }) => (
          <li key={sampleId} className="flex items-center gap-3 py-2">
            <Badge tone={answer === "approve" ? "good" : "bad"}>{answer}</Badge>
            <p className="min-w-0 flex-1 truncate" title={`Planted by ${author}`}>
              {instruction}
            </p>
            <span className="text-[13px] text-ink-soft tabular-nums">
              {agreed} of {seen} agreed
            </span>
            <Button size="small" look="quiet" onClick={() => void retire(sampleId)}>
              Retire
            </Button>
          </li>
        ))}
      </ul>
      {gold.hasNextPage && (
        <Button size="small" onClick={() => void gold.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Panel>
  );
}
