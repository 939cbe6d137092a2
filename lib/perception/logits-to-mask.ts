import type { MaskImage } from "@/lib/domain/image";
import type { Placement } from "./preprocess-image";
import type { SegmentLogits } from "./types";

/**
 * A mask at the image's size from the decoder's low-resolution logits, which cover the whole model input:
 * bilinear between cells, 255 where the logit is above 0.
 */
export function logitsToMask(
  { side, data }: SegmentLogits,
  { placement, width, height }: { placement: Placement; width: number; height: number },
): MaskImage {
  const columns = axis(width, placement.scaleX, placement.offsetX, placement.width, side);
  const rows = axis(height, placement.scaleY, placement.offsetY, placement.height, side);
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = rows[y]!;
    for (let x = 0; x < width; x++) {
      const u = columns[x]!;
      const above = data[v.low * side + u.low]! * (1 - u.part) + data[v.low * side + u.high]! * u.part;
      const below = data[v.high * side + u.low]! * (1 - u.part) + data[v.high * side + u.high]! * u.part;
      if (above * (1 - v.part) + below * v.part > 0) mask[y * width + x] = 255;
    }
  }
  return { width, height, data: mask };
}

/** For each image pixel's centre along one axis: the two logit cells around it, and the share of the second. */
export function axis(pixels: number, scale: number, offset: number, modelPixels: number, side: number) {
  return Array.from({ length: pixels }, (_, i) => {
    const at = (((i + 0.5) * scale + offset) / modelPixels) * side - 0.5;
    const inside = Math.min(Math.max(at, 0), side - 1);
    const low = Math.floor(inside);
    return { low, high: Math.min(low + 1, side - 1), part: inside - low };
  });
}
