import type { MaskImage, PixelBox } from "@/lib/domain/image";
import { clipBox } from "./boxes";
import { createMaskLevels, type MaskLevels } from "./mask-levels";

interface Shown {
  mask: MaskImage;
  levels: MaskLevels;
  /** Outside of it the mask is 0; null if it is 0 everywhere. */
  within: PixelBox | null;
}

/** The masks beside the document's own: preview, proposal and named reference layers, each with its halvings. */
export interface ShownMasks {
  readonly own: MaskLevels;
  preview: Shown | null;
  proposal: Shown | null;
  setPreview(mask: MaskImage | null): void;
  /** @param within where alone the mask is not 0, if that is known */
  setProposal(mask: MaskImage | null, within?: PixelBox): void;
  setLayer(name: string, mask: MaskImage | null): void;
  layer(name: string | null): Shown | null;
  changed(boxes: readonly PixelBox[]): void;
}

/**
 * Every mask must be of the document's size; another one is refused with a sentence.
 * @param blank nothing is drawn on the document yet
 */
export function createShownMasks(document: MaskImage, blank: boolean): ShownMasks {
  const own = createMaskLevels(document, blank ? null : undefined);
  const layers = new Map<string, Shown>();
  const show = (mask: MaskImage | null, within?: PixelBox): Shown | null => {
    if (!mask) return null;
    requireSize(mask, document);
    const { width, height } = mask;
    const box = clipBox(within ?? { x: 0, y: 0, width, height }, width, height);
    return { mask, levels: createMaskLevels(mask, box), within: box };
  };
  const masks: ShownMasks = {
    own,
    preview: null,
    proposal: null,
    setPreview(mask) {
      masks.preview = show(mask);
    },
    setProposal(mask, within) {
      masks.proposal = show(mask, within);
    },
    setLayer(name, mask) {
      const shown = show(mask);
      if (shown) layers.set(name, shown);
      else layers.delete(name);
    },
    layer: (name) => (name === null ? null : (layers.get(name) ?? null)),
    changed(boxes) {
      for (const box of boxes) own.invalidate(box);
    },
  };
  return masks;
}

export function requireSize(mask: MaskImage, image: { width: number; height: number }): void {
  const { width, height, data } = mask;
  if (width === image.width && height === image.height && data.length === width * height) return;
  throw new RangeError(
    `The mask has ${width} × ${height} pixels; the image has ${image.width} × ${image.height}.`,
  );
}
