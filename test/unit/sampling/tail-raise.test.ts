import { describe, expect, it } from "vitest";
import { deriveUnit } from "@/lib/domain/derive-seed";
import { tailRaise } from "@/lib/domain/statistics/tail-raise";

const meanOfBest = (values: readonly number[], count: number) =>
  [...values]
    .sort((a, b) => b - a)
    .slice(0, count)
    .reduce((sum, value) => sum + value / count, 0);

describe("tailRaise", () => {
  it.each([
    ["exponential", (u: number) => -Math.log(1 - u), 0.9, 1.1],
    ["normal, near enough (sum of uniforms)", (u: number, v: number, w: number) => u + v + w, 0.9, 1.8],
    ["uniform: a tail that ends is not overlooked by more than its quarter", (u: number) => u, 1, 3.2],
  ])("is what a draw more does give: %s", (_, of, least, most) => {
    const n = 24;
    let expected = 0;
    let given = 0;
    for (let sample = 0; sample < 4000; sample++) {
      const values = Array.from({ length: n + 1 }, (_, i) =>
        of(deriveUnit("u", sample, i), deriveUnit("v", sample, i), deriveUnit("w", sample, i)),
      );
      expected += tailRaise(values.slice(0, n));
      given += meanOfBest(values, 2) - meanOfBest(values.slice(0, n), 2);
    }
    expect(expected / given).toBeGreaterThan(least);
    expect(expected / given).toBeLessThan(most);
  });

  it("is nothing for draws that are alike, and does not depend on their level or order", () => {
    expect(tailRaise(new Array(16).fill(0.7))).toBe(0);
    const values = Array.from({ length: 16 }, (_, i) => deriveUnit("value", i));
    expect(tailRaise(values.map((value) => value + 5))).toBeCloseTo(tailRaise(values), 12);
    expect(tailRaise([...values].reverse())).toBe(tailRaise(values));
  });

  it("is the mean excess of the upper quarter over the number of draws and one", () => {
    // The best four of sixteen are 7, 6, 5 and 4, the fifth is 2.
    const rest = [2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(tailRaise([7, 6, 5, 4, ...rest])).toBeCloseTo((5 + 4 + 3 + 2) / 4 / 17, 12);
  });
});
