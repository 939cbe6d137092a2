/** A place of the pointer: image pixels and pressure 0..1. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
}

/**
 * A brush on a string: it follows the hand only when that is farther away than the string is long, which takes out a
 * hand's trembling and leaves corners where the hand makes them.
 */
export interface Stabiliser {
  /** Where the brush goes; null while the string is slack. */
  pull(hand: StrokePoint): StrokePoint | null;
}

/** @param length of the string, image pixels; 0 follows at once */
export function createStabiliser(start: StrokePoint, length: number): Stabiliser {
  let brush = start;
  return {
    pull(hand) {
      const [dx, dy] = [hand.x - brush.x, hand.y - brush.y];
      const distance = Math.hypot(dx, dy);
      if (distance <= length) return null;
      const share = (distance - length) / distance;
      brush = { x: brush.x + dx * share, y: brush.y + dy * share, pressure: hand.pressure };
      return brush;
    },
  };
}

/** Turns points into a curve: quadratic Béziers between the middles of their connections, so that no corner shows. */
export interface CurveFitter {
  /** The next stretch of the curve, as points after the last one returned. It ends half way to `point`. */
  add(point: StrokePoint): StrokePoint[];
  /** The stretch to the last point. */
  end(): StrokePoint[];
}

/** @param tolerance how far, in image pixels, the returned chords may lie from the curve */
export function createCurveFitter(start: StrokePoint, tolerance: number): CurveFitter {
  let corner = start;
  let middle = start;
  return {
    add(point) {
      const next = between(corner, point, 0.5);
      const stretch = bezier(middle, corner, next, tolerance);
      corner = point;
      middle = next;
      return stretch;
    },
    end: () => (corner === middle ? [] : [corner]),
  };
}

function bezier(from: StrokePoint, control: StrokePoint, to: StrokePoint, tolerance: number): StrokePoint[] {
  // A chord of the n-th part is at most |from - 2·control + to| / (4 n²) away from the curve.
  const bend = Math.hypot(from.x - 2 * control.x + to.x, from.y - 2 * control.y + to.y);
  const parts = Math.min(64, Math.max(1, Math.ceil(Math.sqrt(bend / (4 * tolerance)))));
  return Array.from({ length: parts }, (_, i) => {
    const t = (i + 1) / parts;
    return between(between(from, control, t), between(control, to, t), t);
  });
}

function between(a: StrokePoint, b: StrokePoint, t: number): StrokePoint {
  return {
    x: a.x + (b.x - a.x) * t,
    y: a.y + (b.y - a.y) * t,
    pressure: a.pressure + (b.pressure - a.pressure) * t,
  };
}
