"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { Allowed } from "@/components/people/permission";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatMoment } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { BulkView } from "@/lib/api/contract/curate";
import { bulkSentence } from "./bulk-sentence";
import { addressOfFilter } from "./filter-state";

/** The newest actions on many samples, each of which can be taken back as one. */
export function BulkHistory() {
  const toasts = useToasts();
  const queries = useQueryClient();
  const bulks = useQuery(
    api.curate.bulks.queryOptions({
      refetchInterval: ({ state: { data } }) => (data?.some(isUnderWay) ? 1500 : false),
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
  const stop = useMutation(
    api.curate.stopBulk.mutationOptions({
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
            {bulk.filter && (
              <Link
                className="text-[13px] text-accent underline-offset-2 hover:underline"
                href={`/samples?${new URLSearchParams({ f: addressOfFilter(bulk.filter) })}`}
              >
                everything that fits this filter
              </Link>
            )}
            {bulk.kind === "reject" && bulk.detail && <Badge>{bulk.detail}</Badge>}
            <BulkState bulk={bulk} />
            <span className="ml-auto text-[13px] text-ink-soft">
              {bulk.by && `${bulk.by}, `}
              {formatMoment(bulk.createdAt)}
            </span>
            <Allowed to="curate">
              {isUnderWay(bulk) && !bulk.undone && bulk.kind !== "policy" && (
                <Button size="small" disabled={stop.isPending} onClick={() => stop.mutate({ id: bulk.id })}>
                  Stop
                </Button>
              )}
              <Button
                size="small"
                look="danger"
                disabled={bulk.undone || undo.isPending || bulk.changed === 0}
                onClick={() => undo.mutate({ id: bulk.id })}
              >
                Take back
              </Button>
            </Allowed>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function isUnderWay({ state }: BulkView): boolean {
  return state === "queued" || state === "running";
}

function BulkState({ bulk }: { bulk: BulkView }) {
  const { state, undone, stopped, restored, searchedTo, message } = bulk;
  if (state === "failed") return <Badge tone="bad">{message ?? "failed"}</Badge>;
  if (undone) {
    const so = isUnderWay(bulk) ? "being taken back" : "taken back";
    return <Badge tone="warn">{`${so} on ${formatCount(restored)}`}</Badge>;
  }
  if (state === "queued") return <Badge tone="accent">waits for a worker</Badge>;
  if (state === "running") {
    return <Badge tone="accent">under way{searchedTo && `, back to ${formatMoment(searchedTo)}`}</Badge>;
  }
  if (stopped) {
    return <Badge tone="warn">stopped{searchedTo && ` at ${formatMoment(searchedTo)}`}</Badge>;
  }
  return null;
}
