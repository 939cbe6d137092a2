"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { InfiniteList } from "@/components/ui/infinite-list";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { ChainView } from "@/lib/api/contract/chains";
import { ChainStrip } from "./chain-strip";
import { StartTurn } from "./start-turn";

/** Edits in several turns, by the picture where they began. */
export function ChainsPage() {
  const chains = useInfiniteQuery(
    api.chains.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...(cursor && { cursor }), limit: 20 }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = chains.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="mx-auto max-w-6xl px-8 py-8">
      <PageHeader title="Chains" actions={<StartTurn />}>
        An approved target can be edited again: it becomes an anchor, and a run over sample images draws the
        next turn from exactly that picture.
      </PageHeader>
      {chains.isError && <Problem error={chains.error} onRetry={() => chains.refetch()} />}
      {chains.isPending && (
        <Loading>
          <Skeleton className="mb-4 h-56" />
          <Skeleton className="h-56" />
        </Loading>
      )}
      {chains.data && items.length === 0 && (
        <EmptyState title="No chain yet">
          Approve some samples, start their next turn here, then launch a run whose anchors are sample images.
        </EmptyState>
      )}
      {items.length > 0 && (
        <InfiniteList
          hasMore={chains.hasNextPage}
          loading={chains.isFetchingNextPage}
          onMore={() => chains.fetchNextPage()}
        >
          <div className="flex flex-col gap-4">
            {items.map((chain) => (
              <Chain key={chain.id} chain={chain} />
            ))}
          </div>
        </InfiniteList>
      )}
    </div>
  );
}

function Chain({ chain }: { chain: ChainView }) {
  return (
    <Panel title={chain.caption}>
      <div className="flex flex-col gap-5">
        {chain.strands.map(({ turns, waiting }) => (
          <div key={`${turns.at(-1)?.sampleId} ${waiting?.anchorId}`}>
            <ChainStrip turns={turns} />
            {waiting && (
              <p className="mt-1 text-[13px] text-ink-soft">
                Turn {waiting.turn} has not been drawn yet: launch a run over sample images.
              </p>
            )}
          </div>
        ))}
      </div>
    </Panel>
  );
}
