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
