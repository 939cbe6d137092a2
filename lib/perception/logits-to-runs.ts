import { type CropRuns, type Span, spansToRuns } from "@/lib/domain/masks/crop-runs";
import { axis } from "./logits-to-mask";
import type { Placement } from "./preprocess-image";
import type { SegmentLogits } from "./types";

/**
 * The mask of `logitsToMask` as runs, in time that grows with the image's height and the logits, not with its pixels:
 * along a row the interpolated logit is straight between two cells, so it crosses 0 at most once there.
 */
export function logitsToRuns(
  { side, data }: SegmentLogits,
  { placement, width, height }: { placement: Placement; width: number; height: number },
): CropRuns {
  const columns = axis(width, placement.scaleX, placement.offsetX, placement.width, side);
  const rows = axis(height, placement.scaleY, placement.offsetY, placement.height, side);
  const cells = cellsOf(columns);
  const parts = Float64Array.from(columns, ({ part }) => part);
  const spans: Span[] = [];
  const line = new Float64Array(side);
  for (let y = 0; y < height; y++) {
    const { low, high, part } = rows[y]!;
    let highest = Number.NEGATIVE_INFINITY;
    for (let u = 0; u < side; u++) {
      const level = data[low * side + u]! * (1 - part) + data[high * side + u]! * part;
      line[u] = level;
      if (level > highest) highest = level;
    }
    if (highest <= 0) continue;
    let open: { y: number; from: number; to: number } | undefined;
    for (const { cell, from, to } of cells) {
      const [left, right] = [line[cell]!, line[Math.min(cell + 1, side - 1)]!];
      // What lies between two cells lies between their levels.
      if (left <= 0 && right <= 0) continue;
      const [start, end] = left > 0 && right > 0 ? [from, to] : whitePart(from, to, left, right, parts);
      if (start === end) continue;
      if (open && open.to === start) open.to = end;
      else {
        if (open) spans.push(open);
        open = { y, from: start, to: end };
      }
    }
    if (open) spans.push(open);
  }
  return spansToRuns(spans);
}

/** Image columns that lie between the same two cells. */
function cellsOf(columns: readonly { low: number }[]): { cell: number; from: number; to: number }[] {
  const cells: { cell: number; from: number; to: number }[] = [];
  columns.forEach(({ low }, x) => {
    const last = cells.at(-1);
    if (last?.cell === low) last.to = x + 1;
    else cells.push({ cell: low, from: x, to: x + 1 });
  });
  return cells;
}

/** The columns of [from, to) whose level is above 0; along them it goes straight from `left` to `right`. */
function whitePart(
  from: number,
  to: number,
  left: number,
  right: number,
  parts: Float64Array,
): [number, number] {
  const positive = (x: number) => left * (1 - parts[x]!) + right * parts[x]! > 0;
  const [first, last] = [positive(from), positive(to - 1)];
  if (first && last) return [from, to];
  if (!first && !last) return [from, from];
  let [low, high] = [from, to - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (positive(middle) === first) low = middle;
    else high = middle;
  }
  return first ? [from, high] : [high, to];
}
