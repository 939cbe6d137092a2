import type { MaskImage, RgbImage } from "@/lib/domain/image";

/**
 * Whether an edit went the right way: over the pixels that the exact edit may change, the target is closer to the exact
 * target than to the scene (mean distance in CIE LAB).
 */
export function succeeds(target: RgbImage, scene: RgbImage, exact: RgbImage, mask: MaskImage): boolean {
  return labDistance(target, exact, mask) < labDistance(target, scene, mask);
}

/** Mean CIE76 distance where the mask is not 0. */
export function labDistance(a: RgbImage, b: RgbImage, mask: MaskImage): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] === 0) continue;
    const [x, y] = [labOf(a, i), labOf(b, i)];
    sum += Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}

type Lab = readonly [number, number, number];
const linear = Float64Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** sRGB to CIE LAB, D65. */
export function labOf({ data }: RgbImage, pixel: number): Lab {
  const [r, g, b] = [linear[data[3 * pixel]!]!, linear[data[3 * pixel + 1]!]!, linear[data[3 * pixel + 2]!]!];
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/**
 * How much harder the picture's step across a mask's border is than the source's, in levels of [0,1]: a seam. Means over
 * all pairs of neighbours of which one lies inside.
 */
export function seam(source: RgbImage, target: RgbImage, mask: MaskImage): number {
  let [sum, count] = [0, 0];
  const { width, height, data } = mask;
  const step = (image: RgbImage, a: number, b: number) =>
    [0, 1, 2].reduce((all, c) => all + Math.abs(image.data[3 * a + c]! - image.data[3 * b + c]!), 0) / 765;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      for (const other of [x + 1 < width ? at + 1 : -1, y + 1 < height ? at + width : -1]) {
        if (other < 0 || (data[at] === 0) === (data[other] === 0)) continue;
        sum += step(target, at, other) - step(source, at, other);
        count++;
      }
    }
  }
  return count > 0 ? sum / count : Number.NaN;
}
