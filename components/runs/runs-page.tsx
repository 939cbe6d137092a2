"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Allowed } from "@/components/people/permission";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InfiniteList } from "@/components/ui/infinite-list";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { RunRow } from "./run-row";

/** Every run, newest first. */
export function RunsPage() {
  const runs = useInfiniteQuery(
    api.runs.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...(cursor && { cursor }), limit: 30 }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const launch = (
    <Allowed to="curate">
      <Link href="/runs/new" className={buttonClass({ look: "primary" })}>
        New run
      </Link>
    </Allowed>
  );
  return (
    <Page>
      <PageHeader title="Runs" actions={launch}>
        A run writes edits for your anchors, draws candidates, scores them and keeps the good pairs.
      </PageHeader>
      {runs.isError && <Problem error={runs.error} onRetry={() => runs.refetch()} />}
      {runs.isPending && (
        <Loading>
          <Skeleton className="mb-2 h-20" />
          <Skeleton className="h-20" />
        </Loading>
      )}
      {runs.data && items.length === 0 && (
        <EmptyState title="No run yet" actions={launch}>
          Start with a few anchors: the forecast says what a run will cost before you launch it, and it can be
          paused at any time.
        </EmptyState>
      )}
      {items.length > 0 && (
        <InfiniteList
          hasMore={runs.hasNextPage}
          loading={runs.isFetchingNextPage}
          onMore={() => runs.fetchNextPage()}
        >
          <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-panel">
            {items.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </ul>
        </InfiniteList>
      )}
    </Page>
  );
}
