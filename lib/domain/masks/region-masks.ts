import type { MaskImage, PixelBox } from "../image";
import { contourMask } from "./contour-mask";
import { maskFragments } from "./fragments";
import { boxMask, unionMasks } from "./mask-shapes";
import { guidingMasks, type MaskName, type SoftMaskRule, softMask } from "./soft-mask";

/** The masks of one edit region, all at the same size. */
export type RegionMasks = Readonly<Record<MaskName, MaskImage>>;

/**
 * The masks of a region from what was found: `fine` unites the segments, `box` the detections, and `contour`
 * expands the fine mask. A person's mask comes as the only segment, without boxes; its own contour is then its box.
 * @param segments at least one
 */
export function regionMasks(segments: readonly MaskImage[], boxes: readonly PixelBox[]): RegionMasks {
  const fine = unionMasks(segments);
  const contour = contourMask(fine);
  const box = boxes.length > 0 ? boxMask(fine.width, fine.height, boxes) : contour;
  return { fine, contour, box };
}

/**
 * The mask that guides generation.
 * @param softness s in [0,1] for a soft mask, null for a hard one
 * @param rule `paper` fuses fine and box; `difference` takes the published code's choice by the number of pieces
 */
export function guidingMask(masks: RegionMasks, softness: number | null, rule: SoftMaskRule): MaskImage {
  const { primary, secondary } =
    rule === "paper"
      ? ({ primary: "fine", secondary: "box" } as const)
      : guidingMasks(maskFragments(masks.fine).length);
  return softness === null ? masks[primary] : softMask(masks[primary], masks[secondary], softness, rule);
}
