import type { MaskImage } from "../image";

/** A hard mask as runs inside a crop: row by row, lengths of alternately 0 and 255, zeros first. */
export interface CropRuns {
  /** Left, top, width and height in pixels of the image; all 0 for an empty mask. */
  readonly crop: readonly [left: number, top: number, width: number, height: number];
  readonly counts: readonly number[];
}

/** A horizontal stretch of white pixels: `from` up to but not including `to`. */
export interface Span {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/** Runs of spans that lie in the order of rows, left to right, and do not overlap. */
export function spansToRuns(spans: readonly Span[]): CropRuns {
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return { crop: [0, 0, 0, 0], counts: [] };
  let [left, right] = [first.from, first.to];
  for (const { from, to } of spans) {
    if (from < left) left = from;
    if (to > right) right = to;
  }
  const width = right - left;
  const counts: number[] = [];
  let at = 0;
  for (const { y, from, to } of spans) {
    const start = (y - first.y) * width + from - left;
    if (start === at && counts.length > 0) counts.push((counts.pop() ?? 0) + to - from);
    else counts.push(start - at, to - from);
    at = start + to - from;
  }
  const height = last.y - first.y + 1;
  if (at < width * height) counts.push(width * height - at);
  return { crop: [left, first.y, width, height], counts };
}

/** The pixels of runs, in an image of the given size; what lies outside of it is left out. */
export function runsToMask({ crop, counts }: CropRuns, width: number, height: number): MaskImage {
  const [left, top, cropWidth] = crop;
  const data = new Uint8Array(width * height);
  let at = 0;
  counts.forEach((count, i) => {
    const end = at + count;
    while (i % 2 === 1 && at < end) {
      const row = Math.floor(at / cropWidth);
      const next = Math.min(end, (row + 1) * cropWidth);
      const [y, from, to] = [top + row, left + at - row * cropWidth, left + next - row * cropWidth];
      if (y >= 0 && y < height)
        data.fill(255, y * width + Math.max(0, from), y * width + Math.min(width, to));
      at = next;
    }
    at = end;
  });
  return { width, height, data };
}
