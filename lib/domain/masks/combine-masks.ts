import type { MaskImage } from "../image";

/** How a mask meets another: `replace` takes the other, the rest are named as in set algebra. */
export type CombineMode = "replace" | "union" | "intersect" | "subtract" | "exclude";

/**
 * Two masks of one size pixel by pixel, on levels as on bits (Zadeh's fuzzy sets): union is the larger level,
 * intersect the smaller, subtract min(a, 255 − b), exclude (what exactly one of them has) their distance.
 */
export function combineMasks(a: MaskImage, b: MaskImage, mode: CombineMode): MaskImage {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`Masks of ${a.width}×${a.height} and ${b.width}×${b.height} cannot be combined.`);
  }
  const [p, q] = [a.data, b.data];
  const n = p.length;
  const data = new Uint8Array(n);
  switch (mode) {
    case "replace":
      data.set(q);
      break;
    case "union":
      for (let i = 0; i < n; i++) data[i] = Math.max(p[i]!, q[i]!);
      break;
    case "intersect":
      for (let i = 0; i < n; i++) data[i] = Math.min(p[i]!, q[i]!);
      break;
    case "subtract":
      for (let i = 0; i < n; i++) data[i] = Math.min(p[i]!, 255 - q[i]!);
      break;
    case "exclude":
      for (let i = 0; i < n; i++) data[i] = Math.abs(p[i]! - q[i]!);
      break;
  }
  return { width: a.width, height: a.height, data };
}

/** Every level v becomes 255 − v. */
export function invertMask({ width, height, data }: MaskImage): MaskImage {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = 255 - data[i]!;
  return { width, height, data: out };
}

/** A hard mask: 255 where the level is at least `level` (1..255; 128 by default), else 0. */
export function thresholdMask({ width, height, data }: MaskImage, level = 128): MaskImage {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = data[i]! >= level ? 255 : 0;
  return { width, height, data: out };
}

/** Whether a mask holds only 0 and 255. */
export function isHardMask({ data }: MaskImage): boolean {
  // (v + 1) mod 256 is 0 or 1 for exactly 255 and 0.
  for (let i = 0; i < data.length; i++) if (((data[i]! + 1) & 255) > 1) return false;
  return true;
}

/** The levels that occur, in rising order, without 0. */
export function maskLevels({ data }: MaskImage): number[] {
  const seen = new Uint8Array(256);
  for (let i = 0; i < data.length; i++) seen[data[i]!] = 1;
  return [...seen.keys()].filter((level) => level > 0 && seen[level]);
}
