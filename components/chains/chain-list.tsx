"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InfiniteList } from "@/components/ui/infinite-list";
import { Panel } from "@/components/ui/panel";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { ChainView } from "@/lib/api/contract/chains";
import { ChainStrip } from "./chain-strip";

/** Chains by the picture where they began, newest first. */
export function ChainList({ readyHref }: { readyHref: string }) {
  const chains = useInfiniteQuery(
    api.chains.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...(cursor && { cursor }), limit: 20 }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = chains.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {chains.isError && <Problem error={chains.error} onRetry={() => chains.refetch()} />}
      {chains.isPending && (
        <Loading>
          <Skeleton className="mb-4 h-56" />
          <Skeleton className="h-56" />
        </Loading>
      )}
      {chains.data && items.length === 0 && (
        <EmptyState
          title="No chain yet"
          actions={
            <Link href={readyHref} className={buttonClass({})}>
              Choose what goes on
            </Link>
          }
        >
          Approve some samples, choose which of them go on, then launch a run over those.
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
    </>
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
              <p className="mt-1 text-[13px] text-ink-soft">Turn {waiting.turn} has not been drawn yet.</p>
            )}
          </div>
        ))}
      </div>
    </Panel>
  );
}
