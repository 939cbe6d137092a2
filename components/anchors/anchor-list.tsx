"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { InfiniteList } from "@/components/ui/infinite-list";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { AnchorView, ListedAnchors } from "@/lib/api/contract/anchors";
import { AnchorCard } from "./anchor-card";
import { AnchorDialog } from "./anchor-dialog";

interface AnchorListProps {
  filter: ListedAnchors;
  /** The person asked for less than the whole part. */
  filtered: boolean;
  /** What to say where the whole part is empty. */
  empty: { title: string; text: string; action: ReactNode };
}

/** Anchors that a filter lets through, newest first. */
export function AnchorList({ filter, filtered, empty }: AnchorListProps) {
  const [selected, setSelected] = useState<AnchorView | null>(null);
  const anchors = useInfiniteQuery({
    ...api.anchors.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, ...(cursor && { cursor }), limit: 60 }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    // While letters are typed the old answer stays.
    placeholderData: keepPreviousData,
  });
  const items = anchors.data?.pages.flatMap((page) => page.items) ?? [];
  const at = items.findIndex(({ id }) => id === selected?.id);
  return (
    <>
      {anchors.isError && <Problem error={anchors.error} onRetry={() => anchors.refetch()} />}
      {anchors.isPending && (
        <Loading>
          <div className={grid}>
            {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
              <Skeleton key={key} className="aspect-[4/5]" />
            ))}
          </div>
        </Loading>
      )}
      {anchors.data && items.length === 0 && !filtered && (
        <EmptyState title={empty.title} actions={empty.action}>
          {empty.text}
        </EmptyState>
      )}
      {anchors.data && items.length === 0 && filtered && (
        <p className="py-12 text-center text-ink-soft">
          No anchor fits. Try other words or show all of them.
        </p>
      )}
      <InfiniteList
        hasMore={anchors.hasNextPage}
        loading={anchors.isFetchingNextPage}
        onMore={() => anchors.fetchNextPage()}
      >
        <ul className={grid} aria-label="Anchors">
          {items.map((anchor) => (
            <li key={anchor.id}>
              <AnchorCard anchor={anchor} onOpen={() => setSelected(anchor)} />
            </li>
          ))}
        </ul>
      </InfiniteList>
      <AnchorDialog
        anchor={selected}
        previous={items[at - 1] ?? null}
        next={at < 0 ? null : (items[at + 1] ?? null)}
        onShow={setSelected}
      />
    </>
  );
}

const grid = "grid grid-cols-[repeat(auto-fill,minmax(min(190px,45%),1fr))] gap-3 sm:gap-4";
