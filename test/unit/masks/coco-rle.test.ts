import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { UserError } from "@/lib/domain/errors";
import type { MaskImage } from "@/lib/domain/image";
import { maskToCompressedRle, maskToRle, rleArea, rleBox, rleToMask } from "@/lib/domain/masks/coco-rle";
import { randomNumbers } from "../masks-engine/random";
import { differing, formulaMask, hardMask, readFixture, type Size } from "./fixtures";

interface RleCase extends Size {
  name: string;
  area: number;
  bbox: [number, number, number, number];
  sha256: string;
  mask?: string;
  counts?: string;
  plain?: number[];
}

const cases = readFixture<RleCase[]>("rle.json");

describe.each(cases)("run lengths of $name", (fixture) => {
  const mask = fixture.mask === undefined ? formulaMask(fixture) : hardMask(fixture, fixture.mask);
  const { counts, size } = maskToCompressedRle(mask);

  it("are pycocotools' to the byte", () => {
    expect(size).toEqual([fixture.height, fixture.width]);
    if (fixture.counts !== undefined) expect(counts).toBe(fixture.counts);
    if (fixture.plain) expect(maskToRle(mask).counts).toEqual(fixture.plain);
    expect(createHash("sha256").update(counts).digest("hex")).toBe(fixture.sha256);
  });

  it("have its area and box", () => {
    expect(rleArea({ size, counts })).toBe(fixture.area);
    const { x, y, width, height } = rleBox({ size, counts });
    expect([x, y, width, height]).toEqual(fixture.bbox);
  });

  it("come back as the same mask", () => {
    expect(differing(rleToMask({ size, counts }), mask)).toBe(0);
    expect(differing(rleToMask(maskToRle(mask)), mask)).toBe(0);
  });
});

/** Pixel by pixel down the columns, as COCO defines run lengths. */
function plainRuns({ width, height, data }: MaskImage): number[] {
  const runs = [0];
  let ones = false;
  for (let at = 0; at < width * height; at++) {
    const here = data[(at % height) * width + Math.floor(at / height)]! > 127;
    if (here !== ones) runs.push(0);
    ones = here;
    runs[runs.length - 1]! += 1;
  }
  return runs;
}

describe("run lengths of masks of any size", () => {
  it.each([0.002, 0.05, 0.5])("are what the definition says, a change at one in %d", (share) => {
    const random = randomNumbers(11);
    for (let i = 0; i < 60; i++) {
      const [width, height] = [1 + Math.floor(random() * 100), 1 + Math.floor(random() * 140)];
      let level = 0;
      const data = new Uint8Array(width * height).map(() => {
        if (random() < share) level = level > 127 ? 127 : 128;
        return level;
      });
      const mask = { width, height, data };
      const plain = maskToRle(mask).counts;
      expect(plain).toEqual(plainRuns(mask));
      const back = rleToMask({ size: [height, width], counts: plain }).data;
      expect(back.every((pixel, at) => pixel > 127 === data[at]! > 127)).toBe(true);
    }
  });
});

describe("run lengths from elsewhere", () => {
  const size = [2, 3] as const;
  const read = (counts: number[] | string) =>
    Array.from(rleToMask({ size, counts }, "a.json").data, (v) => v / 255);

  it("may hold empty runs", () => {
    expect(read([0, 2, 0, 1, 3])).toEqual([1, 1, 0, 1, 0, 0]);
    expect(read([2, 0, 1, 3])).toEqual([0, 0, 1, 0, 1, 1]);
    expect(read([6, 0])).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ["too many pixels", [3, 4], "add up to 7 pixels, but a mask of 3×2 has 6"],
    ["negative runs", [-1, 7], "The run length -1"],
    ["fractions", [1.5, 4.5], "The run length 1.5"],
    ["a string that breaks off", "o", "breaks off"],
    ["other characters", "12 3", "position 3"],
  ])("are refused with a sentence for %s", (_, counts, sentence) => {
    expect(() => read(counts)).toThrow(UserError);
    try {
      read(counts);
    } catch (error) {
      expect((error as Error).message.toLowerCase()).toContain(
        sentence.toLowerCase().replace("breaks", "break"),
      );
      expect((error as UserError).subject).toBe("a.json");
    }
  });
});
