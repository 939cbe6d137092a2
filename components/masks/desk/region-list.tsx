"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { EditTypeBadge } from "@/components/edits/edit-type-badge";
import { Allowed } from "@/components/people/permission";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/components/ui/format";
import { InfiniteList } from "@/components/ui/infinite-list";
import { imageUrl, Picture } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import type { RegionView } from "@/lib/api/contract/masks";
import { maskDeskHref } from "../desk-links";
import { Segments } from "./controls";

type State = RegionView["state"] | "all";

const choices: readonly { value: State; label: string }[] = [
  { value: "all", label: "All" },
  { value: "open", label: "Open" },
  { value: "done", label: "Done" },
  { value: "skipped", label: "Skipped" },
];

/** Regions, newest first, with what is drawn on them. */
export function RegionList({ onEnqueue }: { onEnqueue: () => void }) {
  const [state, setState] = useState<State>("all");
  const regions = useInfiniteQuery(
    api.masks.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 48,
        ...(state !== "all" && { state }),
        ...(cursor && { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = regions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Regions">
      <Segments
        label="Which regions"
        choices={choices}
        value={state}
        onChange={setState}
        className="mb-4 w-fit"
      />
      {regions.isError && <Problem error={regions.error} onRetry={() => void regions.refetch()} />}
      {regions.isPending && (
        <Loading>
          <Skeleton className="h-64" />
        </Loading>
      )}
      {regions.data && items.length === 0 && (
        <EmptyState
          title={state === "all" ? "No masks yet" : `No region is ${state}`}
          actions={
            state === "all" && (
              <Allowed to="annotate">
                <Button look="primary" onClick={onEnqueue}>
                  Fill the queue
                </Button>
              </Allowed>
            )
          }
        >
          {state === "all"
            ? "Put images or the edits of a run into the queue, or open the mask of an edit from its run."
            : "Choose another state above."}
        </EmptyState>
      )}
      <InfiniteList
        hasMore={regions.hasNextPage}
        loading={regions.isFetchingNextPage}
        onMore={() => void regions.fetchNextPage()}
      >
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(12.5rem,1fr))] gap-4">
          {items.map((region) => (
            <li key={region.id}>
              <RegionCard region={region} />
            </li>
          ))}
        </ul>
      </InfiniteList>
    </section>
  );
}

function RegionCard({ region }: { region: RegionView }) {
  const { mask, image } = region;
  const text = region.instruction ?? (region.sourceCaption || region.fileName) ?? "Region";
  return (
    <Link
      href={maskDeskHref({ regionId: region.id })}
      className="flex h-full flex-col gap-2 rounded-lg border border-line bg-panel p-2 hover:border-line-strong"
    >
      <span className="relative block overflow-hidden rounded-md bg-canvas">
        <Picture image={image} alt="" width={200} className="aspect-square w-full object-contain" />
        {mask && (
          <span
            aria-hidden
            className="absolute inset-0 bg-[#ff3d71] opacity-55 forced-color-adjust-none"
            style={{
              maskImage: `url(${imageUrl(mask.png.sha256, 400)})`,
              maskMode: "luminance",
              maskSize: "contain",
              maskRepeat: "no-repeat",
              maskPosition: "center",
            }}
          />
        )}
      </span>
      <span className="line-clamp-2 font-medium">{text}</span>
      <span className="mt-auto flex flex-wrap items-center gap-1.5 text-xs text-ink-soft">
        <Badge tone={region.state === "done" ? "good" : region.state === "skipped" ? "warn" : "plain"}>
          {region.state}
        </Badge>
        {region.editType && <EditTypeBadge editType={region.editType} />}
        {region.holder && !region.holder.mine && <Badge tone="accent">{region.holder.name} is at it</Badge>}
        <span className="ml-auto">{mask ? formatMoment(region.updatedAt) : "nothing drawn"}</span>
      </span>
    </Link>
  );
}
