"use client";

import { useEffect, useState } from "react";
import type { MaskFacts } from "@/lib/domain/masks/mask-facts";
import { askMaskFiles } from "../files/mask-files";
import type { DeskController, Shown } from "./desk-controller";
import { SaveBadge } from "./save-badge";
import { useLook, useStoreState } from "./use-store";

interface StatusBarProps {
  desk: DeskController;
  shown: Shown;
  /** How it goes in the queue: regions done, seconds each. */
  pace: string | null;
}

/** The mask is measured this long after the last stroke, and after a region came on screen, ms. */
const measureAfterMs = 350;
const measureOpenedAfterMs = 150;

/** Where one is, how large the mask is, what is saved, how fast it goes. */
export function StatusBar({ desk, shown, pace }: StatusBarProps) {
  const { scale, hover, busy } = useLook(desk.store, ({ position, hover, busy }) => ({
    scale: position.scale,
    hover: hover && `${Math.floor(hover.x)}, ${Math.floor(hover.y)}`,
    busy: busy?.what ?? null,
  }));
  const { latencyMs } = useStoreState(desk.segmenter);
  const facts = useFacts(desk, shown);
  const { width, height } = shown.sitting.region.image;
  return (
    <section
      aria-label="Status"
      className="flex h-7 shrink-0 items-center gap-4 overflow-hidden border-t border-line bg-panel px-3 text-xs whitespace-nowrap text-ink-soft tabular-nums"
    >
      <span className="w-12" title="Zoom">
        {scale >= 0.0995 ? Math.round(scale * 100) : (scale * 100).toFixed(1)} %
      </span>
      <span title="Size of the image, pixels">
        {width} × {height}
      </span>
      <span
        data-testid="area"
        title={
          facts
            ? `${facts.pixels.toLocaleString("en")} pixels; pieces and holes count the mask cut at one half`
            : "Share of the image that may change"
        }
      >
        {facts ? factsText(facts) : "…"}
      </span>
      <span className="w-24 max-xl:hidden">{hover}</span>
      {busy && <span role="status">{busy}…</span>}
      {latencyMs !== null && (
        <span title="The last click's way to the segmenter and back" className="max-lg:hidden">
          Segmenter {Math.round(latencyMs)} ms
        </span>
      )}
      <span className="ml-auto flex items-center gap-4">
        {pace && <span className="max-lg:hidden">{pace}</span>}
        <SaveBadge sync={shown.sync} />
      </span>
    </section>
  );
}

function factsText({ share, pieces, holes, hard, pixels, box }: MaskFacts): string {
  if (!box) return "Empty mask";
  const area = share * 100;
  const percent = area >= 10 ? area.toFixed(0) : area >= 0.1 ? area.toFixed(1) : "< 0.1";
  const parts = [
    `${percent} %`,
    pixels > 0 && `${pieces} ${pieces === 1 ? "piece" : "pieces"}`,
    holes > 0 && `${holes} ${holes === 1 ? "hole" : "holes"}`,
    hard ? null : "soft",
  ];
  return parts.filter(Boolean).join(" · ");
}

const emptyFacts: MaskFacts = { pixels: 0, share: 0, pieces: 0, holes: 0, box: null, hard: true };

/** The mask's measures; null until they are known. */
function useFacts(desk: DeskController, shown: Shown): MaskFacts | null {
  const [measured, setMeasured] = useState<{ of: Shown; facts: MaskFacts } | null>(null);
  const { revision } = useLook(desk.store, ({ revision }) => ({ revision }));
  // The worker that measures is the external system.
  const blank = revision === 0 && shown.sitting.region.mask === null;
  useEffect(() => {
    if (blank) return;
    let stale = false;
    // Not a stroke's business: a copy of a large mask is only made once the hand rests.
    const timer = setTimeout(
      () => {
        if (desk.shown() !== shown) return;
        const mask = desk.editor.getMask();
        askMaskFiles({ kind: "facts", mask }, [mask.data.buffer as ArrayBuffer]).then(
          (facts) => !stale && setMeasured({ of: shown, facts }),
          () => {},
        );
      },
      revision === 0 ? measureOpenedAfterMs : measureAfterMs,
    );
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [desk, shown, revision, blank]);
  if (blank) return emptyFacts;
  return measured?.of === shown ? measured.facts : null;
}
