"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { Allowed, useRefusal } from "@/components/people/permission";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { InfiniteList } from "@/components/ui/infinite-list";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { ReleaseCard } from "./release-card";
import { ReleaseDialog } from "./release-dialog";

/** Frozen lists of samples, and the files written of them. */
export function ReleasesPage() {
  const [making, setMaking] = useState(false);
  const counts = useQuery(api.samples.counts.queryOptions());
  const releases = useInfiniteQuery(
    api.releases.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...(cursor && { cursor }), limit: 20 }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = releases.data?.pages.flatMap((page) => page.items) ?? [];
  const { approved = 0, pending = 0, rejected = 0 } = counts.data ?? {};
  const anySamples = approved + pending + rejected > 0;
  const mayMake = useRefusal("curate") === null && anySamples;
  useShortcuts([
    { id: "new-release", label: "New release", keys: [], enabled: mayMake, run: () => setMaking(true) },
  ]);
  const make = (
    <Allowed to="curate">
      <Button look="primary" disabled={!anySamples} onClick={() => setMaking(true)}>
        New release
      </Button>
    </Allowed>
  );
  return (
    <Page>
      <PageHeader title="Releases" actions={make}>
        A release freezes a list of samples with their texts and splits; from it, dataset files are written
        that <code>load_dataset</code> opens as they are.
      </PageHeader>
      {releases.isError && <Problem error={releases.error} onRetry={() => releases.refetch()} />}
      {releases.isPending && (
        <Loading>
          <Skeleton className="h-40" />
        </Loading>
      )}
      {releases.data && items.length === 0 && counts.data && (
        <EmptyState
          title="No release yet"
          actions={
            anySamples ? (
              make
            ) : (
              <Link href="/runs" className={buttonClass({ look: "primary" })}>
                See the runs
              </Link>
            )
          }
        >
          {approved > 0
            ? `${approved} approved samples are ready to be released.`
            : anySamples
              ? "No sample is approved yet. Review some first, or release unreviewed ones and say so in the name."
              : "There are no samples to release. A run makes them, a review approves them."}
        </EmptyState>
      )}
      <InfiniteList
        hasMore={releases.hasNextPage}
        loading={releases.isFetchingNextPage}
        onMore={() => releases.fetchNextPage()}
      >
        <ul className="flex flex-col gap-4">
          {items.map((release) => (
            <li key={release.id}>
              <ReleaseCard release={release} />
            </li>
          ))}
        </ul>
      </InfiniteList>
      <ReleaseDialog open={making} onClose={() => setMaking(false)} />
    </Page>
  );
}
