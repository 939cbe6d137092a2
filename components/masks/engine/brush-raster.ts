import type { PixelBox } from "@/lib/domain/image";

/** A place on a stroke: image pixels, and the brush's radius there. */
export interface Dab {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Up to this radius a brush is a line of single pixels: a disc so small may hold no pixel's centre. */
const singlePixelRadius = 0.75;

/** Box of what a stroke from `a` to `b` can cover. */
export function segmentBox(a: Dab, b: Dab): PixelBox {
  const reach = Math.max(a.radius, b.radius) + 1;
  const x = Math.floor(Math.min(a.x, b.x) - reach);
  const y = Math.floor(Math.min(a.y, b.y) - reach);
  return {
    x,
    y,
    width: Math.ceil(Math.max(a.x, b.x) + reach) - x,
    height: Math.ceil(Math.max(a.y, b.y) + reach) - y,
  };
}

export interface BrushStroke {
  data: Uint8Array;
  width: number;
  /** Nothing outside is written; it lies in the image. */
  inside: PixelBox;
  /** Share of the radius with full cover; 1 is a hard edge. */
  hardness: number;
  erase: boolean;
}

/**
 * Covers all that a disc sweeps between two dabs, its radius changing evenly (the convex hull of both discs). A pixel
 * is covered when its centre is. Painting takes the larger of old and cover, erasing the smaller of old and
 * 255 - cover, so that a stroke may cross itself and be drawn in any number of pieces.
 */
export function paintSegment(stroke: BrushStroke, a: Dab, b: Dab): void {
  if (Math.max(a.radius, b.radius) <= singlePixelRadius) paintLine(stroke, a, b);
  else if (stroke.hardness >= 1) paintHard(stroke, a, b);
  else paintSoft(stroke, a, b);
}

function paintHard({ data, width, inside, erase }: BrushStroke, a: Dab, b: Dab): void {
  const value = erase ? 0 : 255;
  forRows(inside, a, b, (y, left, right) => {
    if (left <= right) data.fill(value, y * width + left, y * width + right + 1);
  });
}

function paintSoft({ data, width, inside, hardness, erase }: BrushStroke, a: Dab, b: Dab): void {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const lengthSquared = dx * dx + dy * dy;
  const slope = b.radius - a.radius;
  forRows(inside, a, b, (y, left, right) => {
    const py = y + 0.5 - a.y;
    for (let x = left, at = y * width + left; x <= right; x++, at++) {
      const px = x + 0.5 - a.x;
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const cover = falloff(Math.sqrt(ex * ex + ey * ey) / (a.radius + along * slope), hardness);
      if (erase) {
        if (255 - cover < data[at]!) data[at] = 255 - cover;
      } else if (cover > data[at]!) data[at] = cover;
    }
  });
}

/** Cover 0..255 at a share of the radius: full up to `hardness`, then a smooth step (3t² - 2t³) down to the rim. */
function falloff(share: number, hardness: number): number {
  if (share <= hardness) return 255;
  if (share >= 1) return 0;
  const t = (1 - share) / (1 - hardness);
  return Math.round(255 * t * t * (3 - 2 * t));
}

/** Bresenham's line: every pixel the stroke runs through, without gaps. */
function paintLine({ data, width, inside, erase }: BrushStroke, a: Dab, b: Dab): void {
  let [x, y] = [Math.floor(a.x), Math.floor(a.y)];
  const [endX, endY] = [Math.floor(b.x), Math.floor(b.y)];
  const [dx, dy] = [Math.abs(endX - x), -Math.abs(endY - y)];
  const [stepX, stepY] = [x < endX ? 1 : -1, y < endY ? 1 : -1];
  for (let error = dx + dy; ; ) {
    const within =
      x >= inside.x && y >= inside.y && x < inside.x + inside.width && y < inside.y + inside.height;
    if (within) data[y * width + x] = erase ? 0 : 255;
    if (x === endX && y === endY) return;
    const doubled = 2 * error;
    if (doubled >= dy) {
      error += dy;
      x += stepX;
    }
    if (doubled <= dx) {
      error += dx;
      y += stepY;
    }
  }
}

/** Calls `visit` for every row of the hull of two discs with its first and last pixel, cut to `inside`. */
function forRows(
  inside: PixelBox,
  a: Dab,
  b: Dab,
  visit: (y: number, left: number, right: number) => void,
): void {
  const edges = hullEdges(a, b);
  const top = Math.max(inside.y, Math.ceil(Math.min(a.y - a.radius, b.y - b.radius) - 0.5));
  const bottom = Math.min(
    inside.y + inside.height - 1,
    Math.floor(Math.max(a.y + a.radius, b.y + b.radius) - 0.5),
  );
  for (let y = top; y <= bottom; y++) {
    const centre = y + 0.5;
    let left = Number.POSITIVE_INFINITY;
    let right = Number.NEGATIVE_INFINITY;
    for (const disc of [a, b]) {
      const rise = centre - disc.y;
      const half = disc.radius * disc.radius - rise * rise;
      if (half < 0) continue;
      const reach = Math.sqrt(half);
      if (disc.x - reach < left) left = disc.x - reach;
      if (disc.x + reach > right) right = disc.x + reach;
    }
    for (const [x0, y0, x1, y1] of edges) {
      if (centre < Math.min(y0, y1) || centre > Math.max(y0, y1) || y0 === y1) continue;
      const x = x0 + ((centre - y0) * (x1 - x0)) / (y1 - y0);
      if (x < left) left = x;
      if (x > right) right = x;
    }
    const first = Math.max(inside.x, Math.ceil(left - 0.5));
    const last = Math.min(inside.x + inside.width - 1, Math.floor(right - 0.5));
    if (first <= last) visit(y, first, last);
  }
}

/** The two outer tangents of the discs; none where one disc holds the other. */
function hullEdges(a: Dab, b: Dab): [number, number, number, number][] {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const distance = Math.hypot(dx, dy);
  if (distance <= Math.abs(a.radius - b.radius)) return [];
  const [ux, uy] = [dx / distance, dy / distance];
  const sine = (a.radius - b.radius) / distance;
  const cosine = Math.sqrt(1 - sine * sine);
  return [1, -1].map((side) => {
    const nx = ux * sine - side * uy * cosine;
    const ny = uy * sine + side * ux * cosine;
    return [a.x + a.radius * nx, a.y + a.radius * ny, b.x + b.radius * nx, b.y + b.radius * ny];
  });
}
