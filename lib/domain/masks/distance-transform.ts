import type { MaskImage } from "../image";

/** What a pixel of a mask without any set pixel is away from it. */
export const unreachable = 2 ** 30;

/**
 * The squared Euclidean distance of every pixel to the nearest pixel of `mask` above 127, between pixel centres;
 * `unreachable` if there is none. Exact, linear time (Meijster, Roerdink & Hesselink 2000).
 */
export function squaredDistances({ width, height, data }: MaskImage): Int32Array {
  const out = new Int32Array(width * height);
  // Squares must stay below `unreachable` and out of its way.
  const far = width + height;
  const column = new Int32Array(width * height);
  for (let x = 0; x < width; x++) column[x] = data[x]! > 127 ? 0 : far;
  for (let i = width; i < column.length; i++) {
    column[i] = data[i]! > 127 ? 0 : Math.min(far, column[i - width]! + 1);
  }
  for (let i = column.length - width - 1; i >= 0; i--) {
    const below = column[i + width]! + 1;
    if (below < column[i]!) column[i] = below;
  }
  // Parabolas of the lower envelope: their places, and from where each is the lowest.
  const place = new Int32Array(width);
  const from = new Int32Array(width);
  for (let y = 0; y < height; y++) envelope(column, y * width, width, far, place, from, out);
  return out;
}

function envelope(
  column: Int32Array,
  row: number,
  width: number,
  far: number,
  place: Int32Array,
  from: Int32Array,
  out: Int32Array,
): void {
  let top = -1;
  for (let x = 0; x < width; x++) {
    const g = column[row + x]!;
    if (g === far) continue;
    let start = 0;
    while (top >= 0) {
      const p = place[top]!;
      const gp = column[row + p]!;
      // The first whole x where the new parabola is lower than that at p.
      start = Math.floor((x * x - p * p + g * g - gp * gp) / (2 * (x - p))) + 1;
      if (start > from[top]!) break;
      top--;
      start = 0;
    }
    if (start >= width) continue;
    top++;
    place[top] = x;
    from[top] = top === 0 ? 0 : start;
  }
  if (top < 0) {
    out.fill(unreachable, row, row + width);
    return;
  }
  let end = width;
  for (; top >= 0; top--) {
    const p = place[top]!;
    const g2 = column[row + p]! ** 2;
    for (let x = from[top]!; x < end; x++) out[row + x] = (x - p) * (x - p) + g2;
    end = from[top]!;
  }
}
