"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Select, TextInput } from "@/components/ui/field";
import { InfiniteList } from "@/components/ui/infinite-list";
import { PageHeader } from "@/components/ui/page-header";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { AnchorView } from "@/lib/api/contract/anchors";
import { AnchorCard } from "./anchor-card";
import { AnchorDialog } from "./anchor-dialog";
import { ImportDialog } from "./import-dialog";
import { RecentImports } from "./recent-imports";

type Show = "all" | "photo" | "storybook" | "uncaptioned";

/** Browse and import the real images that everything is anchored on. */
export function AnchorsPage() {
  const params = useSearchParams();
  const router = useRouter();
  const [show, setShow] = useState<Show>(params.has("uncaptioned") ? "uncaptioned" : "all");
  const [search, setSearch] = useState("");
  const deferredSearch = useDeferredValue(search.trim());
  const [selected, setSelected] = useState<AnchorView | null>(null);
  const importing = params.has("import");
  const setImporting = (open: boolean) =>
    router.replace(open ? "/anchors?import=1" : "/anchors", { scroll: false });

  const anchors = useInfiniteQuery({
    ...api.anchors.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(cursor && { cursor }),
        limit: 60,
        ...((show === "photo" || show === "storybook") && { origin: show }),
        ...(show === "uncaptioned" && { uncaptioned: true }),
        ...(deferredSearch && { search: deferredSearch }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const items = anchors.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = show !== "all" || deferredSearch !== "";

  return (
    <div className="mx-auto max-w-7xl px-8 py-8">
      <PageHeader
        title="Anchors"
        actions={
          <Button look="primary" onClick={() => setImporting(true)}>
            Add anchors
          </Button>
        }
      >
        Real images with captions. Every sample starts from one, which keeps the dataset as varied as your
        images.
      </PageHeader>
      <RecentImports />
      <div className="mb-5 flex flex-wrap gap-3">
        <TextInput
          type="search"
          aria-label="Search captions"
          placeholder="Search captions"
          className="max-w-72"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Select
          aria-label="Show"
          className="max-w-48"
          value={show}
          onChange={(event) => setShow(event.target.value as Show)}
        >
          <option value="all">All anchors</option>
          <option value="photo">Imported images</option>
          <option value="storybook">Storybook scenes</option>
          <option value="uncaptioned">Without a caption</option>
        </Select>
      </div>
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
        <EmptyState
          title="No anchors yet"
          actions={
            <Button look="primary" onClick={() => setImporting(true)}>
              Add anchors
            </Button>
          }
        >
          Import a folder of photographs with captions, or draw a few Storybook scenes to see the whole
          pipeline at work within a minute.
        </EmptyState>
      )}
      {anchors.data && items.length === 0 && filtered && (
        <p className="py-12 text-center text-ink-soft">
          No anchor fits. Try other words or show all anchors.
        </p>
      )}
      <InfiniteList
        hasMore={anchors.hasNextPage}
        loading={anchors.isFetchingNextPage}
        onMore={() => anchors.fetchNextPage()}
      >
        <ul className={grid}>
          {items.map((anchor) => (
            <li key={anchor.id}>
              <AnchorCard anchor={anchor} onOpen={() => setSelected(anchor)} />
            </li>
          ))}
        </ul>
      </InfiniteList>
      <AnchorDialog anchor={selected} onClose={() => setSelected(null)} />
      <ImportDialog open={importing} onClose={() => setImporting(false)} />
    </div>
  );
}

const grid = "grid grid-cols-[repeat(auto-fill,minmax(190px,1fr))] gap-4";
