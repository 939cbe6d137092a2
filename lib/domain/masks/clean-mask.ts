import type { MaskImage } from "../image";
import { labelComponents } from "./label-components";
import { copyMask } from "./mask-region";

/**
 * Removes the 8-connected pieces (levels above 127) with fewer than `minimumArea` pixels.
 * A piece's soft fringe (127 and below) stays.
 */
export function removeSpecks(mask: MaskImage, minimumArea: number): MaskImage {
  const out = copyMask(mask);
  const pieces = labelComponents(mask, true, 8);
  pieces.forEachRun((from, to, piece) => {
    if (pieces.areas[piece]! < minimumArea) out.data.fill(0, from, to);
  });
  return out;
}

/**
 * Fills the holes of a mask with 255: 4-connected pieces of its background (127 and below) that do not reach the
 * image's edge.
 * @param maximumArea only holes of at most so many pixels; all by default
 */
export function fillHoles(mask: MaskImage, maximumArea = Number.POSITIVE_INFINITY): MaskImage {
  const out = copyMask(mask);
  const pieces = labelComponents(mask, false, 4);
  pieces.forEachRun((from, to, piece) => {
    if (!pieces.atBorder[piece] && pieces.areas[piece]! <= maximumArea) out.data.fill(255, from, to);
  });
  return out;
}

/** Only the largest 8-connected piece; of equal ones the first in scan order. */
export function keepLargest(mask: MaskImage): MaskImage {
  const pieces = labelComponents(mask, true, 8);
  const out = copyMask(mask);
  let largest = 0;
  pieces.areas.forEach((area, piece) => {
    if (area > pieces.areas[largest]!) largest = piece;
  });
  pieces.forEachRun((from, to, piece) => {
    if (piece !== largest) out.data.fill(0, from, to);
  });
  return out;
}
