"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatMoment } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import { bulkSentence } from "./bulk-bar";

/** The newest actions on many samples, each of which can be taken back as one. */
export function BulkHistory() {
  const toasts = useToasts();
  const queries = useQueryClient();
  const bulks = useQuery(
    api.curate.bulks.queryOptions({
      refetchInterval: ({ state: { data } }) =>
        data?.some(({ state }) => state === "queued" || state === "running") ? 1500 : false,
    }),
  );
  const undo = useMutation(
    api.curate.undoBulk.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.curate.key() });
      },
      onError: (error) => toasts.complain(error),
    }),
  );
  if (bulks.isError) return <Problem error={bulks.error} onRetry={() => bulks.refetch()} />;
  if (!bulks.data) {
    return (
      <Loading>
        <Skeleton className="h-40" />
      </Loading>
    );
  }
  if (bulks.data.length === 0) {
    return (
      <EmptyState title="Nothing done to many at once yet">
        Choose samples in the list or on the map to tag, approve, reject or send them to review together. Each
        such action stands here and can be taken back.
      </EmptyState>
    );
  }
  return (
    <Panel>
      <ul className="flex flex-col divide-y divide-line">
        {bulks.data.map((bulk) => (
          <li key={bulk.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
            <span>{bulkSentence(bulk)}</span>
            {bulk.kind === "reject" && bulk.detail && <Badge>{bulk.detail}</Badge>}
            {bulk.undone && <Badge tone="warn">taken back on {formatCount(bulk.restored)}</Badge>}
            {(bulk.state === "queued" || bulk.state === "running") && <Badge tone="accent">under way</Badge>}
            {bulk.state === "failed" && <Badge tone="bad">{bulk.message ?? "failed"}</Badge>}
            <span className="ml-auto text-[13px] text-ink-soft">
              {bulk.by && `${bulk.by}, `}
              {formatMoment(bulk.createdAt)}
            </span>
            <Button
              size="small"
              look="danger"
              disabled={bulk.undone || undo.isPending || bulk.changed === 0}
              onClick={() => undo.mutate({ id: bulk.id })}
            >
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
