import { describe, expect, it } from "vitest";
import { besideTheOthers, summarise } from "@/lib/domain/agreement/summary";

const labels = ["yes", "no"];

describe("a rater beside the others", () => {
  it.each([
    ["two raters: the other one", [["yes", "no"]], 0, [["yes", "no"]]],
    ["the most frequent label of the others", [["no", "yes", "yes", "no"]], 0, [["no", "yes"]]],
    ["evenly split others", [["yes", "yes", "no"]], 0, []],
    ["the rater did not see it", [[null, "yes", "yes"]], 0, []],
    ["nobody else saw it", [["yes", null, null]], 0, []],
    ["the others' gaps", [["yes", null, "no"]], 2, [["no", "yes"]]],
  ] as const)("%s", (_, ratings, rater, expected) => {
    expect(besideTheOthers(ratings, rater)).toEqual(expected);
  });
});

describe("a summary", () => {
  it("has Cohen's κ for two raters, whichever columns are theirs, and not for three", () => {
    const two = [
      ["yes", null, "yes"],
      ["no", null, "no"],
      ["yes", null, "no"],
    ];
    expect(summarise(two, labels)).toMatchObject({ samples: 3, cohen: { value: expect.closeTo(0.4, 6) } });
    const three = [...two, [null, "yes", "yes"]];
    expect(summarise(three, labels)).toMatchObject({ samples: 4, cohen: null });
  });

  it("is not certain where nobody ever disagreed", () => {
    const alike = (items: number) =>
      summarise(
        Array.from({ length: items }, (_, i) => (i % 2 ? ["yes", "yes"] : ["no", "no"])),
        labels,
      );
    // 1 − 0.025^(1/10), the exact bound of ten successes in ten trials is 0.6915.
    expect(alike(10).raw).toMatchObject({ value: 1, low: expect.closeTo(0.6915, 4), high: 1 });
    // By chance half of two equally frequent labels agree: (0.6915 − 0.5) / 0.5.
    for (const name of ["cohen", "fleiss", "alpha", "ac1"] as const) {
      expect(alike(10)[name], name).toMatchObject({ value: 1, low: expect.closeTo(0.383, 3) });
    }
    expect(alike(1000).raw!.low).toBeGreaterThan(0.996);
  });

  it("is of items with two or more ratings, and has nothing to say of none", () => {
    expect(summarise([["yes", null]], labels)).toEqual({
      samples: 0,
      raw: null,
      cohen: null,
      fleiss: null,
      alpha: null,
      ac1: null,
    });
  });
});
