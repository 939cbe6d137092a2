import { describe, expect, it } from "vitest";
import { rleToMask } from "@/lib/domain/masks/coco-rle";
import { cocoMask } from "@/lib/domain/masks/coco-segmentation";
import { maskIou } from "@/lib/domain/masks/mask-facts";
import { rasteriseEllipse } from "@/lib/domain/masks/rasterise-shape";
import { maskToPolygons, polygonsToMask } from "@/lib/domain/masks/simplify-polygons";
import { tracePolygons } from "@/lib/domain/masks/trace-polygons";
import { differing, draw, hardMask, readFixture, type Size } from "./fixtures";

interface RleCase extends Size {
  name: string;
  mask?: string;
}

const cases = readFixture<RleCase[]>("rle.json").flatMap(({ mask, ...rest }) =>
  mask === undefined ? [] : [{ ...rest, image: hardMask(rest, mask) }],
);

describe("traced outlines", () => {
  it.each(cases)("of $name give the mask back exactly", ({ image }) => {
    expect(differing(polygonsToMask(image.width, image.height, tracePolygons(image)), image)).toBe(0);
  });

  it("turn only at corners, clockwise outside and counter-clockwise around holes", () => {
    const [polygon, ...more] = tracePolygons(draw("....", ".###", ".#.#", ".###"));
    expect(more).toEqual([]);
    expect(polygon!.outer).toEqual([
      { x: 4, y: 1 },
      { x: 4, y: 4 },
      { x: 1, y: 4 },
      { x: 1, y: 1 },
    ]);
    expect(polygon!.holes).toEqual([
      [
        { x: 3, y: 3 },
        { x: 3, y: 2 },
        { x: 2, y: 2 },
        { x: 2, y: 3 },
      ],
    ]);
  });

  it("give holes to the piece around them", () => {
    const nested = tracePolygons(
      draw("#######", "#.....#", "#.###.#", "#.#.#.#", "#.###.#", "#.....#", "#######"),
    );
    expect(nested.map(({ outer, holes }) => [outer.length, holes.length])).toEqual([
      [4, 1],
      [4, 1],
    ]);
  });

  it("keep pixels that meet at a corner apart", () => {
    expect(tracePolygons(draw("#.", ".#"))).toHaveLength(2);
  });
});

describe("simplified outlines", () => {
  it.each(cases)("of $name keep an overlap of 0.99", ({ image }) => {
    const polygons = maskToPolygons(image);
    expect(maskIou(polygonsToMask(image.width, image.height, polygons), image)).toBeGreaterThanOrEqual(0.99);
  });

  it("need few corners", () => {
    const disc = rasteriseEllipse(512, 512, { x: 60, y: 90, width: 380, height: 300 });
    const corners = maskToPolygons(disc)[0]!.outer.length;
    expect(tracePolygons(disc)[0]!.outer.length).toBeGreaterThan(700);
    expect(corners).toBeLessThan(60);
  });
});

describe("COCO polygons as pycocotools rasterises them", () => {
  const byPycocotools = readFixture<Record<string, string>>("polygons.json");
  const written = readFixture<Record<string, number[][]>>("coco-polygons.json");

  it.each(cases.filter(({ name }) => name in byPycocotools))(
    "keep an overlap of 0.99 for $name",
    ({ name, image }) => {
      // What pycocotools was given is what is exported.
      expect(cocoMask(image, "polygon").segmentation).toEqual(written[name]);
      const counts = byPycocotools[name]!;
      const theirs = rleToMask({ size: [image.height, image.width], counts });
      expect(maskIou(theirs, image)).toBeGreaterThanOrEqual(0.99);
    },
  );
});
