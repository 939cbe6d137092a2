import { describe, expect, it } from "vitest";
import { fillHoles, keepLargest, removeSpecks } from "@/lib/domain/masks/clean-mask";
import { squaredDistances, unreachable } from "@/lib/domain/masks/distance-transform";
import { featherMask } from "@/lib/domain/masks/feather-mask";
import { blurMask } from "@/lib/domain/masks/gaussian-blur";
import { growMask, shrinkMask } from "@/lib/domain/masks/grow-mask";
import { labelComponents } from "@/lib/domain/masks/label-components";
import { maskFacts } from "@/lib/domain/masks/mask-facts";
import { closeMask, openMask, smoothMask } from "@/lib/domain/masks/smooth-mask";
import {
  differing,
  draw,
  hardMask,
  largestDifference,
  readFixture,
  type Size,
  show,
  softMask,
} from "./fixtures";

type Results = [parameter: number, packed: string][];

interface Operations {
  hard: (Size & {
    mask: string;
    grow: Results;
    shrink: Results;
    open: Results;
    close: Results;
    squaredDistances: number[] | null;
    blur: Results;
    removeSpecks: Results;
    fillHoles: string;
    fillSmallHoles: Results;
    pieces8: number;
    pieces4: number;
  })[];
  soft: (Size & { mask: string; grow: Results; shrink: Results })[];
}

const { hard, soft } = readFixture<Operations>("operations.json");

describe.each(hard.map((fixture, i) => ({ i, fixture })))(
  "hard mask $i, as scipy and scikit-image do it",
  ({ fixture }) => {
    const mask = hardMask(fixture, fixture.mask);
    const check = (results: Results, operation: (parameter: number) => typeof mask) => {
      for (const [parameter, expected] of results) {
        expect(differing(operation(parameter), hardMask(fixture, expected)), `at ${parameter}`).toBe(0);
      }
    };

    it("grows and shrinks", () => {
      check(fixture.grow, (radius) => growMask(mask, radius));
      check(fixture.shrink, (radius) => shrinkMask(mask, radius));
    });

    it("opens and closes", () => {
      check(fixture.open, (radius) => openMask(mask, radius));
      check(fixture.close, (radius) => closeMask(mask, radius));
    });

    it("is cleaned", () => {
      check(fixture.removeSpecks, (area) => removeSpecks(mask, area));
      check(fixture.fillSmallHoles, (area) => fillHoles(mask, area));
      check([[0, fixture.fillHoles]], () => fillHoles(mask));
    });

    it("has its pieces counted", () => {
      expect(labelComponents(mask, true, 8).count).toBe(fixture.pieces8);
      expect(labelComponents(mask, true, 4).count).toBe(fixture.pieces4);
      expect(maskFacts(mask).pieces).toBe(fixture.pieces8);
    });

    it("has exact distances", () => {
      const expected = fixture.squaredDistances ?? Array(mask.data.length).fill(unreachable);
      expect(Array.from(squaredDistances(mask))).toEqual(expected);
    });

    it("is blurred", () => {
      for (const [sigma, expected] of fixture.blur) {
        const blurred = blurMask(mask, sigma);
        // The true kernel below σ = 1.5, three box passes from there on.
        const allowed = sigma < 1.5 ? 1 : 7;
        expect(largestDifference(blurred, softMask(fixture, expected)), `σ ${sigma}`).toBeLessThanOrEqual(
          allowed,
        );
      }
    });
  },
);

describe("soft masks, as scipy does it", () => {
  it("grow and shrink by discs", () => {
    for (const fixture of soft) {
      const mask = softMask(fixture, fixture.mask);
      for (const [radius, expected] of fixture.grow)
        expect(differing(growMask(mask, radius), softMask(fixture, expected)), `grow ${radius}`).toBe(0);
      for (const [radius, expected] of fixture.shrink)
        expect(differing(shrinkMask(mask, radius), softMask(fixture, expected)), `shrink ${radius}`).toBe(0);
    }
  });

  it("grow the same level by level and by sliding maxima", () => {
    const two = draw("......", ".#....", "......", "....#.", "......");
    two.data[7] = 90;
    const grown = growMask(two, 1.5);
    expect(grown.data[8]).toBe(90);
    expect(grown.data[21]).toBe(255);
    const many = { ...two, data: two.data.slice() };
    for (let level = 1; level <= 9; level++) many.data[level % 6] = level;
    expect(growMask(many, 1.5).data[21]).toBe(255);
  });
});

describe("feathering", () => {
  it("falls along a ramp from the contour", () => {
    const mask = draw("####......");
    const levels = (side: "outside" | "inside" | "both", width: number) =>
      Array.from(featherMask(mask, { by: "ramp", width, side }).data, (level) =>
        Math.round((100 * level) / 255),
      );
    expect(levels("outside", 4)).toEqual([100, 100, 100, 100, 87, 62, 38, 13, 0, 0]);
    expect(levels("inside", 4)).toEqual([87, 62, 38, 13, 0, 0, 0, 0, 0, 0]);
    expect(levels("both", 4)).toEqual([100, 100, 87, 62, 38, 13, 0, 0, 0, 0]);
  });

  it("blurs near the image's edge as if the mask went on there", () => {
    const mask = draw(...Array(9).fill("####....."));
    const soft = featherMask(mask, { by: "blur", sigma: 1 });
    expect(soft.data[0]).toBe(255);
    expect(Array.from(soft.data.slice(0, 9))).toEqual(Array.from(soft.data.slice(36, 45)));
  });
});

describe("smoothing", () => {
  it("takes corners and notches, not straight edges", () => {
    const before = draw(
      "..............",
      "..##########..",
      "..##########..",
      "..####.#####..",
      "..##########..",
      "..##########..",
      "..##########..",
      "..............",
    );
    const after = show(smoothMask(before, 3));
    expect(after[3]![6]).toBe("#");
    expect(after[1]![2]).toBe(".");
    expect(after[4]!.slice(1, 4)).toBe(".##");
  });
});

describe("keeping the largest piece", () => {
  it("drops the others", () => {
    expect(show(keepLargest(draw("##..#", "....#", "#...#")))).toEqual(["....#", "....#", "....#"]);
    expect(show(keepLargest(draw("....")))).toEqual(["...."]);
  });
});
