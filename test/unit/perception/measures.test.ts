import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import { meanChange, regionChange } from "@/lib/perception/measures/change";
import { flatShare } from "@/lib/perception/measures/flat-share";
import { sharpness } from "@/lib/perception/measures/sharpness";
import { misalignment } from "@/lib/perception/measures/shift";
import { structuralSimilarity } from "@/lib/perception/measures/structural-similarity";

const fixture = JSON.parse(
  readFileSync(new URL("../../fixtures/perception/measures.json", import.meta.url), "utf8"),
) as Record<"a" | "b" | "mask", number[]> &
  Record<"width" | "height" | "ssim" | "outside" | "inside" | "leakage" | "meanChange" | "sharpness", number>;
const { width, height } = fixture;
const a: RgbImage = { width, height, data: Uint8Array.from(fixture.a) };
const b: RgbImage = { width, height, data: Uint8Array.from(fixture.b) };
const mask: MaskImage = { width, height, data: Uint8Array.from(fixture.mask) };

describe("measures of a pair", () => {
  it("structural similarity equals scikit-image's", () => {
    expect(structuralSimilarity(a, b)).toBeCloseTo(fixture.ssim, 10);
    expect(structuralSimilarity(a, a)).toBeCloseTo(1, 12);
    expect(structuralSimilarity({ width: 6, height: 9, data: new Uint8Array(162) }, a)).toBeUndefined();
  });

  it("change is split by the mask as in the reference", () => {
    const change = regionChange(a, b, mask);
    expect(change.outside).toBeCloseTo(fixture.outside, 10);
    expect(change.inside).toBeCloseTo(fixture.inside, 10);
    expect(change.leakage).toBeCloseTo(fixture.leakage, 10);
    expect(meanChange(a, b)).toBeCloseTo(fixture.meanChange, 10);
  });

  it("has no change where there is nothing to measure", () => {
    const full = { width, height, data: new Uint8Array(width * height).fill(255) };
    expect(regionChange(a, b, full).outside).toBeUndefined();
    expect(regionChange(a, a, mask).leakage).toBeUndefined();
  });

  it("sharpness equals the variance of scipy's Laplacian", () => {
    expect(sharpness(b)).toBeCloseTo(fixture.sharpness, 10);
    expect(sharpness({ width: 4, height: 4, data: new Uint8Array(48).fill(9) })).toBe(0);
  });

  it("flat share is 1 for a blank image and falls with detail", () => {
    const blank = { width: 10, height: 10, data: new Uint8Array(300).fill(128) };
    expect(flatShare(blank)).toBe(1);
    const half = { ...blank, data: blank.data.map((level, i) => (i < 120 ? level : i % 251)) };
    expect(flatShare(half)).toBeCloseTo(0.4, 1);
  });
});

describe("misalignment", () => {
  const { cases, ...size } = JSON.parse(
    readFileSync(new URL("../../fixtures/perception/shift.json", import.meta.url), "utf8"),
  ) as {
    width: number;
    height: number;
    cases: { a: string; b: string; mask: string | null; shift: number }[];
  };
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

  it.each(cases)("is the shift that scikit-image finds outside the mask ($shift)", (pair) => {
    const [first, second] = [pair.a, pair.b].map((text) => ({ ...size, data: bytes(text) }));
    const region = pair.mask === null ? undefined : { ...size, data: bytes(pair.mask) };
    expect(misalignment(first!, second!, region)).toBeCloseTo(pair.shift, 6);
  });

  it("is 0 where nothing has any structure, and missing where nothing is left to compare", () => {
    const flat = { width: 40, height: 40, data: new Uint8Array(4800).fill(90) };
    expect(misalignment(flat, flat)).toBe(0);
    const full = { width: 40, height: 40, data: new Uint8Array(1600).fill(255) };
    expect(misalignment(flat, flat, full)).toBeUndefined();
    const small = { width: 20, height: 20, data: new Uint8Array(1200) };
    expect(misalignment(small, small)).toBeUndefined();
  });
});
