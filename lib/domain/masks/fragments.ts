import type { MaskImage } from "../image";

/** One 8-connected piece of a mask. */
export interface Fragment {
  /** Pixel indices (y·width + x), in scan order. */
  readonly pixels: readonly number[];
}

/** The connected pieces of a mask (values above 127 count), in scan order. */
export function maskFragments({ width, height, data }: MaskImage): Fragment[] {
  const seen = new Uint8Array(data.length);
  const fragments: Fragment[] = [];
  const stack: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || data[start]! <= 127) continue;
    const pixels: number[] = [];
    seen[start] = 1;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      pixels.push(at);
      const x = at % width;
      const y = (at - x) / width;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u;
          if (seen[next] || data[next]! <= 127) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    fragments.push({ pixels: pixels.sort((a, b) => a - b) });
  }
  return fragments;
}
