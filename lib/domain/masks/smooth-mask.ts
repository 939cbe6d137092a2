import type { MaskImage } from "../image";
import { thresholdMask } from "./combine-masks";
import { blurMask } from "./gaussian-blur";
import { growMask, shrinkMask } from "./grow-mask";
import { boxInImage, contentBox, copyMask, cropMask, emptyMask, pastePatch } from "./mask-region";

/**
 * Rounds corners and straightens jagged contours: blurs by a Gaussian and cuts at one half, one step of motion by mean
 * curvature (Merriman, Bence & Osher 1992). Straight edges stay where they are; the result is hard.
 * @param radius in pixels: details narrower than about this vanish
 */
export function smoothMask(mask: MaskImage, radius: number): MaskImage {
  const content = contentBox(mask);
  if (!content || radius <= 0) return thresholdMask(mask);
  const box = boxInImage(content, mask, Math.ceil(2 * radius) + 4)!;
  const blurred = blurMask(thresholdMask(cropMask(mask, box)), radius / 2);
  const out = emptyMask(mask.width, mask.height);
  pastePatch(out, { box, data: thresholdMask(blurred).data });
  return out;
}

/** Opening by a disc: what the disc does not fit into vanishes, the rest keeps its outline. */
export function openMask(mask: MaskImage, radius: number): MaskImage {
  return radius > 0 ? growMask(shrinkMask(mask, radius), radius) : copyMask(mask);
}

/** Closing by a disc: gaps and bays that the disc does not fit into are filled. */
export function closeMask(mask: MaskImage, radius: number): MaskImage {
  if (radius <= 0) return copyMask(mask);
  // Grown beyond the image and cut there, the shrinking would be too weak at its edge.
  const margin = Math.ceil(radius);
  const wide = emptyMask(mask.width + 2 * margin, mask.height + 2 * margin);
  const inner = { x: margin, y: margin, width: mask.width, height: mask.height };
  pastePatch(wide, { box: inner, data: mask.data });
  return cropMask(shrinkMask(growMask(wide, radius), radius), inner);
}
