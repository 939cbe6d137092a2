"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { imageUrl } from "@/components/ui/picture";
import { api } from "@/lib/api/client";
import type { MaskView } from "@/lib/api/contract/masks";
import type { MaskImage } from "@/lib/domain/image";
import type { DeskController, Shown } from "./desk-controller";
import { maskCodec } from "./mask-work";
import { placeMask } from "./place-mask";

/** A reference mask that can be shown under the own one and joined with it. */
export interface Layer {
  name: string;
  /** What it is, for the tooltip. */
  hint: string;
}

const kinds: Record<MaskView["kind"], Layer> = {
  fine: { name: "Fine", hint: "What the segmenter outlined" },
  box: { name: "Box", hint: "The detector's box" },
  contour: { name: "Contour", hint: "The fine mask, widened" },
  soft: { name: "Soft", hint: "Fine and contour fused, with soft levels" },
  human: { name: "Drawn", hint: "Drawn by a person" },
};

export const openedLayer: Layer = {
  name: "As opened",
  hint: "The mask as it was when this region was opened here",
};

/**
 * Loads the region's reference layers into the editor: the pipeline's masks, and the mask as it was opened. Ready
 * layers are returned in the order in which they are switched through.
 */
export function useLayers(desk: DeskController | null, shown: Shown | null) {
  const id = shown?.sitting.region.id;
  const views = useQuery(api.masks.layers.queryOptions({ input: { id: id ?? "" }, enabled: !!id }));
  const [ready, setReady] = useState<{ region: string; layers: Layer[] }>({ region: "", layers: [] });

  // The editor is the external system.
  useEffect(() => {
    if (!desk || !shown || !views.data) return;
    const { region, serverMask } = shown.sitting;
    const aborter = new AbortController();
    const load = async () => {
      const layers: Layer[] = [];
      const add = (layer: Layer, mask: MaskImage) => {
        desk.editor.setLayer(layer.name, mask);
        layers.push(layer);
      };
      for (const view of views.data) {
        const mask = await fetchMask(view, region.image, aborter.signal);
        if (aborter.signal.aborted) return;
        add(kinds[view.kind], mask);
      }
      if (region.mask) add(openedLayer, serverMask);
      setReady({ region: region.id, layers });
    };
    load().catch(() => {});
    return () => aborter.abort();
  }, [desk, shown, views.data]);

  return {
    layers: ready.region === id ? ready.layers : [],
    loading: views.isLoading,
    error: views.error,
  };
}

/** A mask of the store at its image's full size. */
export async function fetchMask(
  { png, crop }: MaskView,
  image: { width: number; height: number },
  signal: AbortSignal,
): Promise<MaskImage> {
  const response = await fetch(imageUrl(png.sha256), { signal });
  if (!response.ok) throw new Error(`The mask could not be fetched (status ${response.status}).`);
  const mask = await maskCodec.decode(new Uint8Array(await response.arrayBuffer()));
  return placeMask(mask, crop, image);
}
