"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Action } from "@/components/actions/action";
import type { PadHandle } from "@/components/masks/pad/use-pad";
import { PeopleAt } from "@/components/people/people-at";
import { useSubject } from "@/components/people/presence-provider";
import { buttonClass } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { imageUrl } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { AnchorView } from "@/lib/api/contract/anchors";
import { emptyDraft, keepDraft, type SeedText } from "./seed-draft";
import { SeedForm } from "./seed-form";
import { SeedImage } from "./seed-image";
import { useRegionDraft } from "./use-region-draft";

/** Writes seeds anchor after anchor: of the one the address names, else of the next that has none. */
export function SeedWriter() {
  const params = useSearchParams();
  const anchorId = params.get("anchor");
  const free = params.has("free");
  const named = useQuery({
    ...api.anchors.get.queryOptions({ input: { id: anchorId ?? "" } }),
    enabled: anchorId !== null,
  });
  const first = useQuery({
    ...api.seeds.nextAnchor.queryOptions({ input: {} }),
    enabled: anchorId === null && !free,
    // It must not change under the writer's hands when a seed is saved.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const current = anchorId !== null ? named : first;
  // Drafts are in the browser's storage, which the server has not.
  const inBrowser = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );
  if (!inBrowser) return null;
  if (free) return <Writer key="free" anchor={null} />;
  if (current.isError) {
    return (
      <div className="p-8">
        <Problem error={current.error} onRetry={() => current.refetch()} />
      </div>
    );
  }
  if (current.data === undefined) {
    return (
      <Loading>
        <div className="grid gap-8 p-8 md:grid-cols-2">
          <Skeleton className="h-96" />
          <Skeleton className="h-96" />
        </div>
      </Loading>
    );
  }
  if (current.data === null) return <NoAnchor />;
  return <Writer key={current.data.id} anchor={current.data} />;
}

const nothingChanges = () => () => {};

function Writer({ anchor }: { anchor: AnchorView | null }) {
  const router = useRouter();
  const toasts = useToasts();
  const [initial] = useState(() => emptyDraft(anchor?.caption ?? ""));
  const place = anchor?.id ?? "free";
  const next = useQuery(
    api.seeds.nextAnchor.queryOptions({ input: anchor ? { after: anchor.id } : {}, staleTime: 0 }),
  );
  const nextId = next.data && next.data.id !== anchor?.id ? next.data.id : null;
  const nextSha = next.data?.image.sha256;

  // The browser's image cache is the external system: the next image is there when it is wanted.
  useEffect(() => {
    if (nextSha) new Image().src = imageUrl(nextSha);
  }, [nextSha]);

  const goOn = () => router.push(nextId ? `/seeds/new?anchor=${nextId}` : "/seeds");
  useSubject(anchor ? `anchor:${anchor.id}` : null);
  const region = useRegionDraft(place);
  const pad = useRef<PadHandle>(null);
  /** What had the focus before the region took it; null while none is drawn. */
  const [drawing, setDrawing] = useState<{ from: Element | null } | null>(null);
  const leavePad = () => {
    setDrawing(null);
    if (drawing?.from instanceof HTMLElement) drawing.from.focus();
  };
  const create = useMutation(
    api.seeds.create.mutationOptions({
      onSuccess: () => {
        keepDraft(place, null);
        region.change(null);
        toasts.say(nextId ? "Seed saved." : "Seed saved. Every captioned anchor has a seed now.");
        goOn();
      },
    }),
  );
  const skip: Action = {
    id: "skip",
    label: "Another image",
    keys: ["Alt+n"],
    whileTyping: true,
    enabled: nextId !== null,
    run: goOn,
  };
  const drawRegion: Action = {
    id: "region",
    label: drawing ? "Back to the text" : region.region ? "Change the region" : "Draw the region",
    keys: ["Alt+r"],
    whileTyping: true,
    run: () => (drawing ? leavePad() : setDrawing({ from: document.activeElement })),
  };
  const save = async (text: SeedText) => {
    const drawn = pad.current ? await pad.current.read() : region.region;
    create.mutate({
      anchorId: anchor?.id ?? null,
      ...text,
      ...(drawn && { region: new File([drawn], "region.png", { type: "image/png" }) }),
    });
  };
  return (
    <div
      className={classNames(
        "mx-auto grid max-w-7xl gap-8 px-8 py-6",
        drawing ? "lg:grid-cols-2" : "lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]",
      )}
    >
      <div>
        <div className="mb-4 flex items-center gap-3">
          <h1 className="text-2xl font-semibold tracking-tight">Write a seed</h1>
          {anchor && <PeopleAt subject={`anchor:${anchor.id}`} />}
        </div>
        {anchor ? (
          <SeedImage
            anchor={anchor}
            region={region}
            drawing={drawing !== null}
            pad={pad}
            onLeave={leavePad}
          />
        ) : (
          <p className="rounded-lg border border-dashed border-line-strong/50 p-8 text-ink-soft">
            A seed without an image: describe any picture in the source caption.
          </p>
        )}
      </div>
      <SeedForm
        initial={initial}
        draftPlace={place}
        saveLabel={nextId ? "Save and next" : "Save"}
        saving={create.isPending}
        error={create.error}
        anchorId={anchor?.id}
        onSave={(text) => void save(text)}
        more={anchor ? [drawRegion, skip] : []}
        keysElsewhere={drawing !== null}
      />
    </div>
  );
}

function NoAnchor() {
  return (
    <div className="mx-auto max-w-7xl px-8 py-6">
      <h1 className="mb-8 text-2xl font-semibold tracking-tight">Write a seed</h1>
      <EmptyState
        title="No anchor waits for a seed"
        actions={
          <>
            <Link href="/anchors?import=1" className={buttonClass({ look: "primary" })}>
              Add anchors
            </Link>
            <Link href="/seeds/new?free=1" className={buttonClass({})}>
              Write one without an image
            </Link>
          </>
        }
      >
        Every captioned anchor has a seed, or there is none yet. More seeds on one image can be written from
        its page under Anchors.
      </EmptyState>
    </div>
  );
}
