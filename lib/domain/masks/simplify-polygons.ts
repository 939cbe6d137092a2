import type { MaskImage } from "../image";
import { maskIou } from "./mask-facts";
import { type Point, type Ring, rasterisePolygon } from "./rasterise-polygon";
import { type TracedPolygon, tracePolygons } from "./trace-polygons";

/** Tolerances tried, in pixels, from coarse to exact. */
const tolerances = [8, 6, 4, 3, 2, 1.5, 1, 0.75, 0.5] as const;

/**
 * The outlines of a mask with as few corners as keep its shape: the coarsest tolerance at which the rasterised
 * polygons overlap the mask with at least `minimumIou`; the exact outlines if none does.
 * @param minimumIou in [0,1]; 1 asks for the exact outlines
 */
export function maskToPolygons(mask: MaskImage, minimumIou = 0.99): TracedPolygon[] {
  const exact = tracePolygons(mask);
  if (minimumIou >= 1) return exact;
  for (const tolerance of tolerances) {
    const simple = exact.map(({ outer, holes }) => ({
      outer: simplifyRing(outer, tolerance),
      holes: holes.map((hole) => simplifyRing(hole, tolerance)),
    }));
    if (maskIou(mask, polygonsToMask(mask.width, mask.height, simple)) >= minimumIou) return simple;
  }
  return exact;
}

/** Polygons as a hard mask; later ones are drawn over earlier ones. */
export function polygonsToMask(width: number, height: number, polygons: readonly TracedPolygon[]): MaskImage {
  return rasterisePolygon(
    width,
    height,
    polygons.flatMap(({ outer, holes }) => [outer, ...holes]),
    "non-zero",
  );
}

/**
 * A ring with fewer corners, none of the left-out ones farther than `tolerance` from it (Ramer 1972; Douglas & Peucker
 * 1973), split first at two corners far from each other. A ring that would collapse is returned as it is.
 */
export function simplifyRing(ring: Ring, tolerance: number): Ring {
  if (ring.length <= 4) return ring;
  const first = farthestFrom(ring, ring[0]!);
  const second = farthestFrom(ring, ring[first]!);
  const [a, b] = first < second ? [first, second] : [second, first];
  const kept = new Uint8Array(ring.length);
  kept[a] = kept[b] = 1;
  keepCorners(ring, a, b, tolerance, kept);
  keepCorners(ring, b, a + ring.length, tolerance, kept);
  const simple = ring.filter((_, i) => kept[i]);
  return simple.length < 3 ? ring : simple;
}

function farthestFrom(ring: Ring, from: Point): number {
  let [best, distance] = [0, -1];
  ring.forEach((point, i) => {
    const d = (point.x - from.x) ** 2 + (point.y - from.y) ** 2;
    if (d > distance) [best, distance] = [i, d];
  });
  return best;
}

/** Marks the corners to keep between `first` and `last` (indices around the ring), without recursion. */
function keepCorners(ring: Ring, first: number, last: number, tolerance: number, kept: Uint8Array): void {
  const n = ring.length;
  const spans = [[first, last] as const];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const [a, b] = [ring[from % n]!, ring[to % n]!];
    let [worst, distance] = [-1, tolerance * tolerance];
    for (let i = from + 1; i < to; i++) {
      const d = squaredDistanceToSegment(ring[i % n]!, a, b);
      if (d > distance) [worst, distance] = [i, d];
    }
    if (worst < 0) continue;
    kept[worst % n] = 1;
    spans.push([from, worst], [worst, to]);
  }
}

function squaredDistanceToSegment(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length));
  return (p.x - a.x - along * dx) ** 2 + (p.y - a.y - along * dy) ** 2;
}
