import { describe, expect, it } from "vitest";
import { bucketFill, connectedTo, magicWand } from "@/lib/domain/masks/flood-fill";
import { gradientMagnitude } from "@/lib/domain/masks/image-gradient";
import { maskIou } from "@/lib/domain/masks/mask-facts";
import { rasterisePolygon } from "@/lib/domain/masks/rasterise-polygon";
import { rasteriseEllipse, rasteriseRectangle } from "@/lib/domain/masks/rasterise-shape";
import { snapToEdges } from "@/lib/domain/masks/snap-to-edges";
import { differing, draw, hardMask, readFixture, type Size, show, softMask } from "./fixtures";

interface Shapes {
  flood: Size & {
    grey: string;
    cases: { x: number; y: number; tolerance: number; contiguous: string; everywhere: string }[];
  };
  polygons: Size & { cases: { points: [number, number][]; mask: string }[] };
  ellipses: Size & { cases: { box: [number, number, number, number]; mask: string }[] };
  snap: Size & {
    reach: number;
    cases: { image: string; drawn: string; truth: string; relief: string; reference: string }[];
  };
}

const { flood, polygons, ellipses, snap } = readFixture<Shapes>("operations.json");

/** An RGBA picture of values with `channels` a pixel. */
function rgba({ width, height }: Size, values: Uint8Array, channels: 1 | 3) {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = values[channels === 1 ? i : 3 * i + c]!;
  }
  return { width, height, data };
}

describe("the magic wand", () => {
  const image = rgba(flood, softMask(flood, flood.grey).data, 1);

  it.each(flood.cases)("selects what scikit-image floods from ($x, $y) at $tolerance", (fixture) => {
    const { x, y, tolerance } = fixture;
    const near = magicWand(image, x, y, { tolerance, contiguous: true });
    expect(differing(near, hardMask(flood, fixture.contiguous))).toBe(0);
    const everywhere = magicWand(image, x, y, { tolerance, contiguous: false });
    expect(differing(everywhere, hardMask(flood, fixture.everywhere))).toBe(0);
  });

  it("can compare with the mean around the click, and selects nothing outside the picture", () => {
    const noisy = rgba({ width: 3, height: 3 }, Uint8Array.of(10, 12, 8, 12, 200, 10, 9, 11, 10), 1);
    const wide = magicWand(noisy, 1, 1, { tolerance: 30, contiguous: false, sample: 3 });
    expect(wide.data.filter((level) => level === 255)).toHaveLength(8);
    expect(magicWand(noisy, 3, 0, { tolerance: 255, contiguous: true }).data.includes(255)).toBe(false);
  });
});

describe("the bucket", () => {
  const rooms = draw("#####", "#.#.#", "#.###", "#####");

  it("fills the connected area under the click", () => {
    expect(show(bucketFill(rooms, 1, 2, 255))).toEqual(["#####", "###.#", "#####", "#####"]);
    expect(show(bucketFill(rooms, 0, 0, 0))).toEqual([".....", ".....", ".....", "....."]);
    expect(show(connectedTo(rooms, 3, 1))).toEqual([".....", "...#.", ".....", "....."]);
  });

  it("does nothing outside the image", () => {
    expect(show(bucketFill(rooms, 5, 0, 0))).toEqual(show(rooms));
  });
});

describe("rasterised shapes", () => {
  it.each(polygons.cases)("polygons are scikit-image's", ({ points, mask }) => {
    const ring = points.map(([x, y]) => ({ x, y }));
    expect(differing(rasterisePolygon(60, 40, [ring]), hardMask(polygons, mask))).toBe(0);
  });

  it("self-crossing loops are filled by the non-zero rule", () => {
    // A pentagram: its heart is inside twice.
    const star = [0, 2, 4, 1, 3].map((k) => ({
      x: 20 + 18 * Math.sin((2 * Math.PI * k) / 5),
      y: 20 - 18 * Math.cos((2 * Math.PI * k) / 5),
    }));
    expect(rasterisePolygon(40, 40, [star], "even-odd").data[20 * 40 + 20]).toBe(0);
    expect(rasterisePolygon(40, 40, [star], "non-zero").data[20 * 40 + 20]).toBe(255);
    expect(rasterisePolygon(40, 40, [star.toReversed()], "non-zero").data[20 * 40 + 20]).toBe(255);
  });

  it.each(ellipses.cases)("ellipses in $box are scikit-image's", ({ box: [x, y, width, height], mask }) => {
    expect(differing(rasteriseEllipse(60, 40, { x, y, width, height }), hardMask(ellipses, mask))).toBe(0);
  });

  it("rectangles cover the pixels whose centres they hold", () => {
    expect(show(rasteriseRectangle(5, 3, { x: 1.5, y: -2, width: 2, height: 4.4 }))).toEqual([
      ".##..",
      ".##..",
      ".....",
    ]);
    expect(rasteriseRectangle(5, 3, { x: 6, y: 0, width: 2, height: 2 }).data.includes(255)).toBe(false);
  });
});

describe("snapping to edges", () => {
  it.each(snap.cases)("finds the outline that scikit-image's watershed finds", (fixture) => {
    const picture = rgba(snap, new Uint8Array(Buffer.from(fixture.image, "base64")), 3);
    const relief = gradientMagnitude(picture, { x: 0, y: 0, width: snap.width, height: snap.height });
    expect(Buffer.from(relief).equals(Buffer.from(fixture.relief, "base64"))).toBe(true);
    const drawn = hardMask(snap, fixture.drawn);
    const truth = hardMask(snap, fixture.truth);
    const snapped = snapToEdges(drawn, picture, snap.reach);
    // Ties go to another neighbour here and there.
    expect(maskIou(snapped, hardMask(snap, fixture.reference))).toBeGreaterThan(0.97);
    expect(maskIou(drawn, truth)).toBeLessThan(0.85);
    expect(maskIou(snapped, truth)).toBeGreaterThan(0.95);
  });

  it("leaves a mask where it is when the picture has no edges, thin pieces too", () => {
    const even = rgba({ width: 60, height: 40 }, new Uint8Array(2400).fill(120), 1);
    const thin = rasteriseRectangle(60, 40, { x: 10, y: 18, width: 40, height: 3 });
    expect(differing(snapToEdges(thin, even, 6), thin)).toBe(0);
    const wide = rasteriseEllipse(60, 40, { x: -5, y: 4, width: 50, height: 30 });
    expect(differing(snapToEdges(wide, even, 6), wide)).toBe(0);
  });
});
