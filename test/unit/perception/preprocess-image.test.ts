import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RgbImage } from "@/lib/domain/image";
import type { Preprocessing } from "@/lib/packs/manifest";
import { preprocessImage } from "@/lib/perception/preprocess-image";
import { resamplePlane } from "@/lib/perception/resample";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/perception/${name}`, import.meta.url), "utf8"));

describe("resizing", () => {
  const { a, width } = read("measures.json") as { a: number[]; width: number };
  const plane = {
    width: 31,
    height: 24,
    data: Float32Array.from(
      { length: 24 * 31 },
      (_, i) => a[3 * (Math.floor(i / 31) * width + (i % 31))]! / 255,
    ),
  };
  const cases = read("resample.json") as (Pick<Preprocessing, "interpolation" | "antialias"> & {
    width: number;
    height: number;
    values: number[];
  })[];

  it.each(cases)("$interpolation, antialias $antialias, to $height×$width equals torch", (expected) => {
    const resized = resamplePlane(plane, expected.width, expected.height, expected);
    const worst = expected.values.reduce(
      (max, value, i) => Math.max(max, Math.abs(value - resized.data[i]!)),
      0,
    );
    expect(resized.data).toHaveLength(expected.values.length);
    expect(worst).toBeLessThan(2e-5);
  });
});

describe("preprocessing", () => {
  const image: RgbImage = { width: 8, height: 4, data: new Uint8Array(96).fill(255) };
  const base: Preprocessing = {
    size: [4, 4],
    fit: "stretch",
    interpolation: "bilinear",
    antialias: true,
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.25, 0.125],
  };

  it("normalises each channel", () => {
    const { tensor } = preprocessImage(image, base);
    expect(tensor.dims).toEqual([1, 3, 4, 4]);
    expect([tensor.data[0], tensor.data[16], tensor.data[32]]).toEqual([1, 2, 4]);
  });

  it("pads below and right with zeros", () => {
    const { tensor, placement } = preprocessImage(image, { ...base, fit: "pad" });
    expect(Array.from(tensor.data.slice(0, 16))).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(placement).toMatchObject({ scaleX: 0.5, scaleY: 0.5, offsetX: 0, offsetY: 0 });
  });

  it("crops the centre after fitting the short side", () => {
    const striped = { ...image, data: image.data.map((_, i) => (Math.floor(i / 3) % 8 < 4 ? 0 : 255)) };
    const { tensor, placement } = preprocessImage(striped, { ...base, fit: "shortest-crop" });
    expect(Array.from(tensor.data.slice(0, 4))).toEqual([-1, -1, 1, 1]);
    expect(placement).toMatchObject({ scaleX: 1, scaleY: 1, offsetX: -2, offsetY: 0 });
  });
});
