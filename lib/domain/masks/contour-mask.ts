import type { MaskImage } from "../image";
import { convexHull, fillConvex } from "./convex-hull";
import { maskFragments } from "./fragments";

export interface ContourOptions {
  /** Radius in pixels of the majority filter that removes specks first; 0 is none, 3 by default. */
  readonly smoothRadius?: number;
}

/**
 * Contour expansion (UltraEdit's region masks): specks are smoothed away, then every remaining piece grows to its
 * convex hull. White stays white where the smoothing left it.
 */
export function contourMask(fine: MaskImage, options: ContourOptions = {}): MaskImage {
  const { width, height } = fine;
  const filtered = majorityFilter(fine, options.smoothRadius ?? 3);
  // A region of nothing but small pieces is no speck.
  const smooth = filtered.data.includes(255) ? filtered : fine;
  const data = new Uint8Array(width * height);
  for (const { pixels } of maskFragments(smooth)) {
    const hull = convexHull(pixels.map((at) => ({ x: at % width, y: Math.floor(at / width) })));
    fillConvex(data, width, height, hull);
  }
  return { width, height, data };
}

/** White where most of the square around a pixel is white; the square is cut at the image's edge. */
export function majorityFilter(mask: MaskImage, radius: number): MaskImage {
  const { width, height } = mask;
  // Summed areas, one row and column larger than the mask.
  const sums = new Int32Array((width + 1) * (height + 1));
  const at = (x: number, y: number) => y * (width + 1) + x;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const white = mask.data[y * width + x]! > 127 ? 1 : 0;
      sums[at(x + 1, y + 1)] = white + sums[at(x, y + 1)]! + sums[at(x + 1, y)]! - sums[at(x, y)]!;
    }
  }
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const white =
        sums[at(right, bottom)]! - sums[at(left, bottom)]! - sums[at(right, top)]! + sums[at(left, top)]!;
      if (2 * white > (right - left) * (bottom - top)) data[y * width + x] = 255;
    }
  }
  return { width, height, data };
}
