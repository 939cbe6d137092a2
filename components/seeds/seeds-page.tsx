"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { EditTypeSelect } from "@/components/edits/edit-type-select";
import { Allowed } from "@/components/people/permission";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextInput } from "@/components/ui/field";
import { InfiniteList } from "@/components/ui/infinite-list";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api, client } from "@/lib/api/client";
import type { SeedView } from "@/lib/api/contract/seeds";
import type { EditType } from "@/lib/domain/edit-types";
import { Coverage } from "./coverage";
import { PasteDialog } from "./paste-dialog";
import { SeedDialog } from "./seed-dialog";
import { SeedRow } from "./seed-row";
import { type SeedsToTry, TryDialog } from "./try-dialog";
import { VerbCoverage } from "./verb-coverage";

// The mask desk is as large as all else together, and few seeds need it.
const MaskDialog = dynamic(
  () => import("@/components/masks/desk/mask-dialog").then((module) => module.MaskDialog),
  { ssr: false },
);

/** The human examples that the pipeline's edits are modelled on. */
export function SeedsPage() {
  const [editType, setEditType] = useState<EditType | null>(null);
  const [search, setSearch] = useState("");
  const deferredSearch = useDeferredValue(search.trim());
  const [pasting, setPasting] = useState(false);
  const [trying, setTrying] = useState<SeedsToTry | null>(null);
  const [editingId, setEditingId] = useState<string | null>(null);
  const [drawing, setDrawing] = useState<SeedView | null>(null);
  const seeds = useInfiniteQuery({
    ...api.seeds.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(cursor && { cursor }),
        limit: 50,
        ...(editType && { editType }),
        ...(deferredSearch && { search: deferredSearch }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  });
  const items = seeds.data?.pages.flatMap((page) => page.items) ?? [];
  // As it is now: its region may have been drawn meanwhile.
  const editing = items.find(({ id }) => id === editingId) ?? null;
  const filtered = editType !== null || deferredSearch !== "";
  const actions = (
    <Allowed to="annotate">
      <Button onClick={() => setPasting(true)}>Paste seeds</Button>
      <Link href="/seeds/new" className={buttonClass({ look: "primary" })}>
        Write a seed
      </Link>
    </Allowed>
  );

  return (
    <Page>
      <PageHeader title="Seeds" actions={actions}>
        Human examples of good edits. Every run learns from them how instructions sound and what they change.
      </PageHeader>
      <Coverage selected={editType} onSelect={setEditType} />
      <VerbCoverage editType={editType} onSelect={setEditType} onVerb={setSearch} />
      <div className="mb-4 flex flex-wrap gap-3">
        <TextInput
          type="search"
          aria-label="Search seeds"
          placeholder="Search instructions and captions"
          className="max-w-80"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <EditTypeSelect className="max-w-48" value={editType} onChange={setEditType} />
        <Allowed to="annotate">
          <Button
            className="ml-auto"
            disabled={items.length === 0}
            title="Stage I on three images with exactly the seeds of this list"
            onClick={() =>
              setTrying({
                filter: { ...(editType && { editType }), ...(deferredSearch && { search: deferredSearch }) },
              })
            }
          >
            {filtered ? "Try these" : "Try them"}
          </Button>
        </Allowed>
      </div>
      {seeds.isError && <Problem error={seeds.error} onRetry={() => seeds.refetch()} />}
      {seeds.isPending && (
        <Loading>
          <div className="flex flex-col gap-2">
            {["a", "b", "c", "d", "e"].map((key) => (
              <Skeleton key={key} className="h-20" />
            ))}
          </div>
        </Loading>
      )}
      {seeds.data && items.length === 0 && !filtered && (
        <EmptyState title="No seeds yet" actions={actions}>
          Write one on an image of yours: an instruction, and the caption as it is afterwards. Twenty seconds
          each.
        </EmptyState>
      )}
      {seeds.data && items.length === 0 && filtered && (
        <p className="py-12 text-center text-ink-soft">No seed fits. Try other words or all edit types.</p>
      )}
      {items.length > 0 && (
        <InfiniteList
          hasMore={seeds.hasNextPage}
          loading={seeds.isFetchingNextPage}
          onMore={() => seeds.fetchNextPage()}
        >
          <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
            {items.map((seed) => (
              <SeedRow
                key={seed.id}
                seed={seed}
                onEdit={() => setEditingId(seed.id)}
                onRegion={() => setDrawing(seed)}
              />
            ))}
          </ul>
        </InfiniteList>
      )}
      <SeedDialog seed={editing} onClose={() => setEditingId(null)} onRegion={setDrawing} />
      {drawing && (
        <MaskDialog
          title="Region of a seed"
          backLabel="Back to the seeds"
          load={() => client.masks.open({ seedId: drawing.id })}
          close={() => setDrawing(null)}
          finished={() => setDrawing(null)}
        />
      )}
      <TryDialog seeds={trying} onClose={() => setTrying(null)} />
      <PasteDialog open={pasting} onClose={() => setPasting(false)} />
    </Page>
  );
}
