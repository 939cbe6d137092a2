"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";
import { InfiniteList } from "@/components/ui/infinite-list";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { CuratedSample, SampleFilter } from "@/lib/api/contract/curate";
import { BulkBar } from "./bulk-bar";
import type { BulkTarget } from "./bulk-target";
import { addressOfFilter, isSlow } from "./filter-state";
import { SampleDialog } from "./sample-dialog";
import { SampleTile } from "./sample-tile";
import { SampleTotal } from "./sample-total";

interface SampleListProps {
  filter: SampleFilter;
  /** Says how many they are. */
  counted?: boolean;
  /** What can be done with the chosen ones. */
  bar?: (target: BulkTarget, onDone: () => void) => ReactNode;
  /** What to say where there is none, instead of how samples come to be. */
  empty?: ReactNode;
}

/** Samples that a filter lets through, newest first, to open or to choose. */
export function SampleList({ filter, counted = false, bar = curateBar, empty: ownEmpty }: SampleListProps) {
  const [opened, setOpened] = useState<CuratedSample | null>(null);
  /** Where in the list the dialog was opened: where it goes on when its sample fits no longer. */
  const place = useRef(0);
  const [chosen, setChosen] = useState<ReadonlyMap<string, CuratedSample>>(new Map());
  /** Everything that fits is chosen, also what was not loaded. */
  const [whole, setWhole] = useState(false);
  const [lastChosen, setLastChosen] = useState<number | null>(null);
  const samples = useInfiniteQuery({
    ...api.curate.search.infiniteOptions({
      input: (cursor: string | undefined) => ({ filter, limit: 60, ...(cursor && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const items = samples.data?.pages.flatMap((page) => page.items) ?? [];
  const searchedTo = samples.data?.pages.at(-1)?.searchedTo ?? null;
  const empty = items.length === 0;

  // What was chosen fitted another filter.
  const address = addressOfFilter(filter);
  const [of, setOf] = useState(address);
  if (of !== address) {
    setOf(address);
    setChosen(new Map());
    setWhole(false);
    setLastChosen(null);
  }

  // A slow filter answers in steps: go on by itself until something is found, up to a few steps.
  const steps = samples.data?.pages.length ?? 0;
  const { hasNextPage, isFetchingNextPage, isPlaceholderData, fetchNextPage } = samples;
  const unanswered = empty && searchedTo !== null && !isPlaceholderData;
  useEffect(() => {
    if (unanswered && hasNextPage && !isFetchingNextPage && steps < 40) void fetchNextPage();
  }, [unanswered, hasNextPage, isFetchingNextPage, fetchNextPage, steps]);

  const at = items.findIndex(({ id }) => id === opened?.id);
  useEffect(() => {
    if (at !== -1) place.current = at;
  }, [at]);
  const open = (index: number) => {
    const sample = items[index];
    if (!sample) return;
    setOpened(sample);
    if (index >= items.length - 3 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  const previous = (at === -1 ? place.current : at) - 1;
  const next = at === -1 ? place.current : at + 1;

  const chooseNone = () => {
    setChosen(new Map());
    setWhole(false);
    setLastChosen(null);
  };
  const choose = (index: number, range: boolean) => {
    setWhole(false);
    const next = new Map(chosen);
    const item = items[index]!;
    const from = range && lastChosen !== null ? lastChosen : index;
    if (next.has(item.id) && !range) next.delete(item.id);
    else {
      for (const one of items.slice(Math.min(from, index), Math.max(from, index) + 1)) next.set(one.id, one);
    }
    setLastChosen(index);
    setChosen(next);
  };

  return (
    <>
      {samples.isError && <Problem error={samples.error} onRetry={() => samples.refetch()} />}
      {samples.isPending && (
        <Loading>
          <div className={grid}>
            {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
              <Skeleton key={key} className="aspect-[5/4]" />
            ))}
          </div>
        </Loading>
      )}
      {samples.data && empty && !searchedTo && ownEmpty}
      {samples.data && empty && !searchedTo && !ownEmpty && Object.keys(filter).length === 0 && (
        <EmptyState
          title="No samples yet"
          actions={
            <Link href="/runs/new" className={buttonClass({ look: "primary" })}>
              Start a run
            </Link>
          }
        >
          A run turns anchors into candidates; those that pass its thresholds are samples and stand here.
        </EmptyState>
      )}
      {samples.data && empty && !searchedTo && !ownEmpty && Object.keys(filter).length > 0 && (
        <p className="py-12 text-center text-ink-soft">No sample fits. Lift a filter or try other words.</p>
      )}
      {isSlow(filter) && searchedTo && (
        <p role="status" className="mb-3 text-[13px] text-ink-soft">
          No index answers this filter, so samples are looked through from new to old: searched back to{" "}
          {formatMoment(searchedTo)} so far{empty ? ", nothing found yet" : ""}.
        </p>
      )}
      {!empty && !whole && (
        <div className="mb-3 flex min-h-7 items-center justify-between">
          {counted ? <SampleTotal filter={filter} /> : <span />}
          <Button size="small" look="quiet" onClick={() => setWhole(true)}>
            Choose everything that fits
          </Button>
        </div>
      )}
      <InfiniteList
        hasMore={samples.hasNextPage}
        loading={samples.isFetchingNextPage}
        onMore={() => samples.fetchNextPage()}
      >
        <ul
          className={classNames(grid, isPlaceholderData && "opacity-60")}
          aria-label="Samples"
          aria-busy={isPlaceholderData}
        >
          {items.map((sample, index) => (
            <li key={sample.id}>
              <SampleTile
                sample={sample}
                chosen={whole || chosen.has(sample.id)}
                onChoose={(range) => choose(index, range)}
                onOpen={() => open(index)}
              />
            </li>
          ))}
        </ul>
      </InfiniteList>
      {(whole || chosen.size > 0) && bar(whole ? { filter } : { samples: [...chosen.values()] }, chooseNone)}
      <SampleDialog
        sample={items[at] ?? opened}
        onClose={() => setOpened(null)}
        onOpen={setOpened}
        onPrevious={previous >= 0 ? () => open(previous) : null}
        onNext={next < items.length ? () => open(next) : null}
      />
    </>
  );
}

const grid = "grid grid-cols-[repeat(auto-fill,minmax(min(230px,100%),1fr))] gap-4";

const curateBar = (target: BulkTarget, onDone: () => void) => <BulkBar target={target} onDone={onDone} />;
