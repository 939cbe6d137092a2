"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { formatMoment } from "@/components/ui/format";
import { Picture } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { api } from "@/lib/api/client";
import type { MaskView } from "@/lib/api/contract/masks";
import { Section } from "./controls";
import type { DeskController, Shown } from "./desk-controller";
import { fetchMask } from "./use-layers";

const compareName = "Version";

/** The region's saved versions, to look at and to bring back; bringing back is a step that can be undone. */
export function VersionsPanel({ desk, shown }: { desk: DeskController; shown: Shown }) {
  const toasts = useToasts();
  const [busy, setBusy] = useState<string | null>(null);
  const { id, image } = shown.sitting.region;
  const versions = useInfiniteQuery(
    api.masks.versions.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit: 20, ...(cursor && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      staleTime: 0,
    }),
  );
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];

  const use = async (version: MaskView, how: "look" | "restore") => {
    setBusy(version.id);
    try {
      const mask = await fetchMask(version, image, new AbortController().signal);
      if (desk.shown() !== shown) return;
      if (how === "restore") {
        desk.editor.applyMask(mask, { label: `Version ${version.revision}`, mode: "replace" });
        toasts.say(`Version ${version.revision} is back. Undo returns to what was here.`);
      } else {
        desk.editor.setLayer(compareName, mask);
        desk.editor.showLayer(compareName);
        desk.store.refresh();
      }
    } catch (error) {
      toasts.complain(error);
    } finally {
      setBusy(null);
    }
  };

  return (
    <Section
      title="Versions"
      aside={<span className="text-xs text-ink-soft">{items[0] ? `${items[0].revision}` : ""}</span>}
    >
      {versions.isError && <Problem error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data && items.length === 0 && (
        <p className="text-xs text-ink-soft">None yet. A version is saved shortly after every few strokes.</p>
      )}
      <ol className="flex flex-col gap-1.5">
        {items.map((version) => (
          <li key={version.id} className="flex items-center gap-2">
            <Picture
              image={version.png}
              alt={`Version ${version.revision}`}
              width={40}
              className="size-10 shrink-0 rounded border border-line object-contain"
            />
            <span className="min-w-0 flex-1 text-[13px] leading-tight">
              <span className="block truncate font-medium">
                {version.revision}
                {version.note && <span className="font-normal text-ink-soft"> · {version.note}</span>}
              </span>
              <span className="block truncate text-xs text-ink-soft">
                {version.author ?? "unknown"}, {formatMoment(version.createdAt)}
              </span>
            </span>
            <Button
              size="small"
              look="quiet"
              className="px-1.5"
              disabled={busy !== null}
              onClick={() => void use(version, "look")}
              aria-label={`Show version ${version.revision}`}
            >
              Show
            </Button>
            <Button
              size="small"
              look="quiet"
              className="px-1.5"
              disabled={busy !== null}
              onClick={() => void use(version, "restore")}
              aria-label={`Restore version ${version.revision}`}
            >
              Restore
            </Button>
          </li>
        ))}
      </ol>
      {versions.hasNextPage && (
        <Button size="small" look="quiet" onClick={() => void versions.fetchNextPage()}>
          Older versions
        </Button>
      )}
    </Section>
  );
}
