export interface GridPoint {
  readonly x: number;
  readonly y: number;
}

/** Corners of the convex hull, in order (Andrew's monotone chain); points on its edges are left out. */
export function convexHull(points: readonly GridPoint[]): GridPoint[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const chain = (ordered: readonly GridPoint[]) => {
    const hull: GridPoint[] = [];
    for (const point of ordered) {
      while (hull.length >= 2 && cross(hull.at(-2)!, hull.at(-1)!, point) <= 0) hull.pop();
      hull.push(point);
    }
    hull.pop();
    return hull;
  };
  return [...chain(sorted), ...chain(sorted.reverse())];
}

/** Sets to 255 every pixel of `data` whose centre lies in the convex polygon or on its edge. */
export function fillConvex(
  data: Uint8Array,
  width: number,
  height: number,
  corners: readonly GridPoint[],
): void {
  if (corners.length === 0) return;
  const rows = corners.map((corner) => corner.y);
  const top = Math.max(0, Math.min(...rows));
  const bottom = Math.min(height - 1, Math.max(...rows));
  for (let y = top; y <= bottom; y++) {
    let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    corners.forEach((a, i) => {
      const b = corners[(i + 1) % corners.length]!;
      if (y < Math.min(a.y, b.y) || y > Math.max(a.y, b.y)) return;
      const ends = a.y === b.y ? [a.x, b.x] : [a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y)];
      left = Math.min(left, ...ends);
      right = Math.max(right, ...ends);
    });
    // Rounding noise must not lose a corner.
    const from = Math.max(0, Math.ceil(left - 1e-9));
    const to = Math.min(width - 1, Math.floor(right + 1e-9));
    if (from <= to) data.fill(255, y * width + from, y * width + to + 1);
  }
}

function cross(o: GridPoint, a: GridPoint, b: GridPoint): number {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}
