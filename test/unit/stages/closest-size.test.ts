import { describe, expect, it } from "vitest";
import { centreCrop } from "@/lib/stages/anchor-image";
import { closestSize, type Size } from "@/lib/stages/closest-size";

const sizes: readonly Size[] = [
  [256, 256],
  [192, 320],
  [320, 192],
  [224, 288],
];

describe("the size for an anchor", () => {
  it("has the closest aspect ratio", () => {
    expect(closestSize({ width: 1600, height: 900 }, sizes)).toEqual([192, 320]);
    expect(closestSize({ width: 900, height: 1600 }, sizes)).toEqual([320, 192]);
    expect(closestSize({ width: 640, height: 480 }, sizes)).toEqual([224, 288]);
    expect(closestSize({ width: 500, height: 480 }, sizes)).toEqual([256, 256]);
    expect(closestSize({ width: 40000, height: 10 }, sizes)).toEqual([192, 320]);
  });

  it("is the pack's default where two are equally close", () => {
    expect(
      closestSize({ width: 100, height: 100 }, [
        [320, 192],
        [192, 320],
      ]),
    ).toEqual([320, 192]);
    expect(closestSize({ width: 4, height: 3 }, [[64, 64]])).toEqual([64, 64]);
  });

  it("leaves less of the anchor away than the default would", () => {
    const anchor = { width: 1600, height: 900 };
    const kept = (size: Size) => {
      const [, , width, height] = centreCrop(anchor, size);
      return (width * height) / (anchor.width * anchor.height);
    };
    expect(kept(closestSize(anchor, sizes))).toBeGreaterThan(0.9);
    expect(kept(sizes[0]!)).toBeCloseTo(0.5625, 2);
  });
});
