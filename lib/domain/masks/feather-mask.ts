import type { MaskImage } from "../image";
import { invertMask } from "./combine-masks";
import { squaredDistances } from "./distance-transform";
import { blurMask } from "./gaussian-blur";
import { boxInImage, contentBox, copyMask, cropMask, emptyMask, pastePatch } from "./mask-region";

/**
 * How an edge becomes soft: `blur` spreads it evenly by a Gaussian of this σ; `ramp` falls linearly with the distance
 * from the contour over `width` pixels: outside it (the mask keeps its 255), inside it, or half on each side.
 */
export type Feather =
  | { readonly by: "blur"; readonly sigma: number }
  | { readonly by: "ramp"; readonly width: number; readonly side: "outside" | "inside" | "both" };

/** A softer mask. A ramp starts from the hard mask (levels above 127). Sizes in pixels. */
export function featherMask(mask: MaskImage, feather: Feather): MaskImage {
  const content = contentBox(mask);
  const reach = featherReach(feather);
  if (!content || reach <= 0) return copyMask(mask);
  const box = boxInImage(content, mask, reach)!;
  const part = cropMask(mask, box);
  const out = emptyMask(mask.width, mask.height);
  const soft =
    feather.by === "blur" ? blurMask(part, feather.sigma) : ramp(part, feather.width, feather.side);
  pastePatch(out, { box, data: soft.data });
  return out;
}

/** How far from the contour a pixel can change, in whole pixels. */
export function featherReach(feather: Feather): number {
  // Three box passes of variance σ²/3 end before 3σ + 4; the true kernel is cut at 4σ.
  return Math.ceil(feather.by === "blur" ? (feather.sigma > 0 ? 4 * feather.sigma + 4 : 0) : feather.width);
}

function ramp(mask: MaskImage, width: number, side: "outside" | "inside" | "both"): MaskImage {
  const { data } = mask;
  const out = new Uint8Array(data.length);
  const outside = side === "inside" ? null : squaredDistances(mask);
  const inside = side === "outside" ? null : squaredDistances(invertMask(mask));
  // The contour runs half a pixel before the nearest pixel's centre.
  const [offset, span] =
    side === "both" ? [width / 2, width] : side === "outside" ? [width, width] : [0, width];
  for (let i = 0; i < data.length; i++) {
    const white = data[i]! > 127;
    const signed = white
      ? inside
        ? Math.sqrt(inside[i]!) - 0.5
        : width
      : outside
        ? 0.5 - Math.sqrt(outside[i]!)
        : -width;
    const level = (signed + offset) / span;
    out[i] = level <= 0 ? 0 : level >= 1 ? 255 : Math.round(255 * level);
  }
  return { width: mask.width, height: mask.height, data: out };
}
