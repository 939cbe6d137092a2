import type { MaskImage, RgbImage } from "@/lib/domain/image";

export interface RegionChange {
  /** Mean absolute difference where the mask is 0, in [0,1]; undefined if there is no such place. */
  readonly outside: number | undefined;
  /** Mean absolute difference where the mask is not 0; undefined if there is no such place. */
  readonly inside: number | undefined;
  /** Share of all absolute difference that lies where the mask is 0; undefined if nothing changed. */
  readonly leakage: number | undefined;
}

/** Absolute difference of two images per channel, in [0,1], split by a mask of the same size. */
export function regionChange(a: RgbImage, b: RgbImage, mask: MaskImage): RegionChange {
  let [outside, inside, outsidePixels] = [0, 0, 0];
  for (let i = 0; i < mask.data.length; i++) {
    const change = pixelChange(a, b, i);
    if (mask.data[i] === 0) {
      outside += change;
      outsidePixels++;
    } else inside += change;
  }
  const insidePixels = mask.data.length - outsidePixels;
  return {
    outside: outsidePixels > 0 ? outside / outsidePixels : undefined,
    inside: insidePixels > 0 ? inside / insidePixels : undefined,
    leakage: outside + inside > 0 ? outside / (outside + inside) : undefined,
  };
}

/** Mean absolute difference of two images, in [0,1]. */
export function meanChange(a: RgbImage, b: RgbImage): number {
  const pixels = a.width * a.height;
  let total = 0;
  for (let i = 0; i < pixels; i++) total += pixelChange(a, b, i);
  return total / pixels;
}

function pixelChange(a: RgbImage, b: RgbImage, pixel: number): number {
  const at = 3 * pixel;
  const sum =
    Math.abs(a.data[at]! - b.data[at]!) +
    Math.abs(a.data[at + 1]! - b.data[at + 1]!) +
    Math.abs(a.data[at + 2]! - b.data[at + 2]!);
  return sum / (3 * 255);
}
