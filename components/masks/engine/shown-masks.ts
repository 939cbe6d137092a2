import type { MaskImage, PixelBox } from "@/lib/domain/image";
import { createMaskPicture, type MaskPicture } from "./mask-picture";

interface Shown {
  mask: MaskImage;
  picture: MaskPicture;
}

/** The masks beside the document's own: preview, proposal and named reference layers, each with its picture. */
export interface ShownMasks {
  readonly own: MaskPicture;
  preview: Shown | null;
  proposal: Shown | null;
  setPreview(mask: MaskImage | null): void;
  setProposal(mask: MaskImage | null): void;
  setLayer(name: string, mask: MaskImage | null): void;
  layer(name: string | null): Shown | null;
  changed(boxes: readonly PixelBox[]): void;
}

/** Every mask must be of the document's size; another one is refused with a sentence. */
export function createShownMasks(document: MaskImage): ShownMasks {
  const own = createMaskPicture(document);
  const layers = new Map<string, Shown>();
  const show = (mask: MaskImage | null): Shown | null => {
    if (!mask) return null;
    requireSize(mask, document);
    return { mask, picture: createMaskPicture(mask) };
  };
  const masks: ShownMasks = {
    own,
    preview: null,
    proposal: null,
    setPreview(mask) {
      masks.preview = show(mask);
    },
    setProposal(mask) {
      masks.proposal = show(mask);
    },
    setLayer(name, mask) {
      const shown = show(mask);
      if (shown) layers.set(name, shown);
      else layers.delete(name);
    },
    layer: (name) => (name === null ? null : (layers.get(name) ?? null)),
    changed: (boxes) => own.invalidate(boxes),
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
