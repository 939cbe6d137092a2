"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { InfiniteList } from "@/components/ui/infinite-list";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { RunView } from "@/lib/api/contract/runs";
import { isSettled } from "@/lib/domain/run-state";
import { CandidateDialog, type ShownCandidate } from "./candidate-dialog";
import { EditRow } from "./edit-row";

/** The edits of a run with what was drawn for them, newest first, as they come in. */
export function RunEdits({ run }: { run: RunView }) {
  const [shown, setShown] = useState<ShownCandidate | null>(null);
  const edits = useInfiniteQuery(
    api.runs.edits.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: run.id, ...(cursor && { cursor }), limit: 15 }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = edits.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Edits" className="mt-8">
      <h2 className="mb-3 text-lg font-semibold">Edits</h2>
      {edits.isError && <Problem error={edits.error} onRetry={() => edits.refetch()} />}
      {edits.isPending && (
        <Loading>
          <Skeleton className="h-40" />
        </Loading>
      )}
      {edits.data && items.length === 0 && (
        <p className="rounded-xl border border-dashed border-line-strong/50 px-6 py-10 text-center text-ink-soft">
          {isSettled(run.state)
            ? "This run has written no edits."
            : "The first edits appear here as soon as a worker has written them."}
        </p>
      )}
      <InfiniteList
        hasMore={edits.hasNextPage}
        loading={edits.isFetchingNextPage}
        onMore={() => edits.fetchNextPage()}
      >
        <ul className="flex flex-col gap-4">
          {items.map((edit) => (
            <li key={edit.id}>
              <EditRow
                edit={edit}
                thresholds={run.thresholds}
                drawing={!isSettled(run.state) && (run.config.freeForm.enabled || run.config.region.enabled)}
                onShow={(candidate) => setShown({ edit, candidate })}
              />
            </li>
          ))}
        </ul>
      </InfiniteList>
      <CandidateDialog shown={shown} thresholds={run.thresholds} onClose={() => setShown(null)} />
    </section>
  );
}
