import type { MaskImage } from "../image";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A closed ring of corners; the last is joined to the first. Pixel (x, y) covers [x, x+1] × [y, y+1]. */
export type Ring = readonly Point[];

/** `even-odd` leaves what is inside twice empty, so holes are rings too; `non-zero` fills loops of one direction. */
export type FillRule = "even-odd" | "non-zero";

/** Fractions of a pixel that coordinates are kept to. */
const subpixels = 2 ** 16;

/** The pixels whose centres lie inside the rings, 255 on 0. Rings may leave the image; the rest of them is drawn. */
export function rasterisePolygon(
  width: number,
  height: number,
  rings: readonly Ring[],
  rule: FillRule = "even-odd",
): MaskImage {
  const data = new Uint8Array(width * height);
  const edges = crossingEdges(rings, height);
  // Crossings of each row lie together: counted first, then placed.
  const starts = new Uint32Array(height + 1);
  for (const edge of edges) for (let y = edge.top; y < edge.bottom; y++) starts[y + 1] = starts[y + 1]! + 1;
  for (let y = 0; y < height; y++) starts[y + 1] = starts[y + 1]! + starts[y]!;
  const crossings = new Float64Array(starts[height]!);
  const next = starts.slice();
  for (const edge of edges) {
    for (let y = edge.top; y < edge.bottom; y++) {
      const x = Math.round((edge.x + (y + 0.5 - edge.y) * edge.slope) * subpixels);
      const at = next[y]!;
      // The direction rides in the lowest bit, so a plain sort keeps both.
      crossings[at] = 2 * x + (edge.down ? 1 : 0);
      next[y] = at + 1;
    }
  }
  for (let y = 0; y < height; y++) {
    const row = crossings.subarray(starts[y]!, starts[y + 1]!);
    if (row.length > 0) fillRow(data, y * width, width, row.sort(), rule);
  }
  return { width, height, data };
}

interface Edge {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly down: boolean;
  /** Rows whose centres the edge crosses: first and one past the last. */
  readonly top: number;
  readonly bottom: number;
}

function crossingEdges(rings: readonly Ring[], height: number): Edge[] {
  const edges: Edge[] = [];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!];
      const [high, low] = a.y < b.y ? [a, b] : [b, a];
      const top = Math.max(0, Math.ceil(high.y - 0.5));
      const bottom = Math.min(height, Math.ceil(low.y - 0.5));
      if (top >= bottom) continue;
      const slope = (low.x - high.x) / (low.y - high.y);
      edges.push({ x: high.x, y: high.y, slope, down: a.y < b.y, top, bottom });
    }
  }
  return edges;
}

function fillRow(
  data: Uint8Array,
  row: number,
  width: number,
  crossings: Float64Array,
  rule: FillRule,
): void {
  let winding = 0;
  for (let i = 0; i + 1 < crossings.length; i++) {
    const key = crossings[i]!;
    const down = Math.abs(key % 2) === 1;
    winding += rule === "even-odd" ? 1 : down ? 1 : -1;
    if (rule === "even-odd" ? winding % 2 === 0 : winding === 0) continue;
    const from = Math.max(0, firstCentre(key));
    const to = Math.min(width, firstCentre(crossings[i + 1]!));
    if (from < to) data.fill(255, row + from, row + to);
  }
}

/** The first column whose centre is at or right of a crossing. */
function firstCentre(key: number): number {
  return Math.ceil(Math.floor(key / 2) / subpixels - 0.5);
}
