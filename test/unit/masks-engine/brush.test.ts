import { describe, expect, it } from "vitest";
import { type Dab, paintSegment, segmentBox } from "@/components/masks/engine/brush-raster";
import { createCurveFitter, createStabiliser } from "@/components/masks/engine/stroke-path";
import { randomNumbers } from "./random";

const width = 90;
const height = 70;
const inside = { x: 0, y: 0, width, height };

/** Whether a point is within the discs between `a` and `b`: by trying many of them. */
function isSwept(x: number, y: number, a: Dab, b: Dab, slack: number): boolean {
  for (let i = 0; i <= 300; i++) {
    const t = i / 300;
    const [cx, cy] = [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t];
    const radius = a.radius + (b.radius - a.radius) * t + slack;
    if (radius > 0 && Math.hypot(x - cx, y - cy) <= radius) return true;
  }
  return false;
}

describe("a brush's stretch", () => {
  it("covers exactly the pixels whose centres the disc sweeps over", () => {
    const random = randomNumbers(11);
    const dab = (): Dab => ({
      x: random() * (width + 20) - 10,
      y: random() * (height + 20) - 10,
      radius: 1 + random() * 14,
    });
    for (let round = 0; round < 12; round++) {
      const [a, b] = [dab(), round % 5 === 0 ? null : dab()];
      const data = new Uint8Array(width * height);
      paintSegment({ data, width, inside, hardness: 1, erase: false }, a, b ?? a);
      // Within a fiftieth of a pixel of the rim either answer is right.
      const wrong = Array.from(data.keys()).filter((i) => {
        const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
        return data[i] === 255 ? !isSwept(x, y, a, b ?? a, 0.02) : isSwept(x, y, a, b ?? a, -0.02);
      });
      expect(wrong).toEqual([]);
    }
  });

  it("keeps inside its box, and leaves the rest alone", () => {
    const a = { x: 20, y: 20, radius: 6 };
    const b = { x: 50, y: 40, radius: 3 };
    const data = new Uint8Array(width * height);
    paintSegment({ data, width, inside, hardness: 0.3, erase: false }, a, b);
    const box = segmentBox(a, b);
    data.forEach((level, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      const within = x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
      if (!within && level !== 0) expect.fail(`${x}, ${y} is painted`);
    });
  });

  it("falls off softly from the hard core to the rim, and erases by the same amount", () => {
    const centre = { x: 40.5, y: 30.5, radius: 20 };
    const data = new Uint8Array(width * height);
    paintSegment({ data, width, inside, hardness: 0.5, erase: false }, centre, centre);
    const along = Array.from({ length: 22 }, (_, i) => data[30 * width + 40 + i]!);
    expect(along.slice(0, 11)).toEqual(new Array(11).fill(255));
    expect(along[15]).toBe(128);
    expect(along[20]).toBe(0);
    for (let i = 1; i < along.length; i++) expect(along[i]!).toBeLessThanOrEqual(along[i - 1]!);
    const full = new Uint8Array(width * height).fill(255);
    paintSegment({ data: full, width, inside, hardness: 0.5, erase: true }, centre, centre);
    expect(full.every((level, i) => level === 255 - data[i]!)).toBe(true);
  });

  it("of a hard brush holds only 0 and 255, and crossing it again changes nothing", () => {
    const data = new Uint8Array(width * height);
    const [a, b] = [
      { x: 10, y: 10, radius: 8 },
      { x: 70, y: 50, radius: 8 },
    ];
    paintSegment({ data, width, inside, hardness: 1, erase: false }, a, b);
    expect(new Set(data)).toEqual(new Set([0, 255]));
    const once = data.slice();
    paintSegment({ data, width, inside, hardness: 1, erase: false }, b, a);
    expect(data).toEqual(once);
  });

  it("of one pixel has no gaps, wherever it runs", () => {
    const data = new Uint8Array(width * height);
    paintSegment(
      { data, width, inside, hardness: 1, erase: false },
      { x: 10.05, y: 10.05, radius: 0.5 },
      { x: 60.9, y: 33.2, radius: 0.5 },
    );
    for (let x = 10; x <= 60; x++) {
      const column = Array.from({ length: height }, (_, y) => data[y * width + x]!);
      expect(column.filter((level) => level === 255)).toHaveLength(1);
    }
  });
});

describe("a stroke's path", () => {
  it("follows the hand at once without a string", () => {
    const stabiliser = createStabiliser({ x: 0, y: 0, pressure: 1 }, 0);
    expect(stabiliser.pull({ x: 3, y: 4, pressure: 0.5 })).toEqual({ x: 3, y: 4, pressure: 0.5 });
  });

  it("stays put while the string is slack, then follows at its length", () => {
    const stabiliser = createStabiliser({ x: 0, y: 0, pressure: 1 }, 10);
    expect(stabiliser.pull({ x: 6, y: 8, pressure: 1 })).toBeNull();
    expect(stabiliser.pull({ x: 30, y: 0, pressure: 1 })).toEqual({ x: 20, y: 0, pressure: 1 });
  });

  it("takes a hand's trembling out", () => {
    const stabiliser = createStabiliser({ x: 0, y: 0, pressure: 1 }, 20);
    const heights = Array.from({ length: 200 }, (_, i) =>
      stabiliser.pull({ x: i * 2, y: i % 2 === 0 ? 4 : -4, pressure: 1 }),
    ).flatMap((point) => (point ? [Math.abs(point.y)] : []));
    expect(Math.max(...heights)).toBeLessThan(1.5);
  });

  it("is a curve through the middles, within the tolerance, ending at the last point", () => {
    const fitter = createCurveFitter({ x: 0, y: 0, pressure: 0 }, 0.25);
    const corners = [
      { x: 100, y: 0, pressure: 1 },
      { x: 100, y: 100, pressure: 1 },
    ];
    const points = [{ x: 0, y: 0 }, ...corners.flatMap((corner) => fitter.add(corner)), ...fitter.end()];
    expect(points.at(-1)).toEqual(corners[1]);
    expect(points).toContainEqual({ x: 50, y: 0, pressure: 0.5 });
    // The exact quadratic between the middles of the two connections, its corner at (100, 0).
    const exact = Array.from({ length: 1001 }, (_, i) => {
      const t = i / 1000;
      return { x: (1 - t) ** 2 * 50 + 2 * t * (1 - t) * 100 + t * t * 100, y: t * t * 50 };
    });
    for (const { x, y } of exact) {
      const distances = points.slice(1).map((end, i) => {
        const from = points[i]!;
        const [dx, dy] = [end.x - from.x, end.y - from.y];
        const along = Math.min(
          1,
          Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)),
        );
        return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
      });
      expect(Math.min(...distances)).toBeLessThan(0.3);
    }
  });
});
