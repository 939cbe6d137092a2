import { describe, expect, it } from "vitest";
import { expectedImprovement, normalCumulative } from "@/lib/domain/statistics/normal";

describe("normalCumulative", () => {
  it("equals scipy.stats.norm.cdf", () => {
    for (const [z, share] of [
      [-3, 0.0013498980316301],
      [-1, 0.158655253931457],
      [0, 0.5],
      [0.5, 0.691462461274013],
      [1.96, 0.97500210485178],
      [4, 0.999968328758167],
    ] as const) {
      expect(normalCumulative(z)).toBeCloseTo(share, 6);
    }
  });
});

describe("expectedImprovement", () => {
  it("equals the integral of what lies above the best", () => {
    const [mean, sd, best] = [0.4, 0.1, 0.45];
    let sum = 0;
    const step = 1e-4;
    for (let x = best; x < mean + 8 * sd; x += step) {
      const z = (x - mean) / sd;
      sum += (x - best) * (Math.exp((-z * z) / 2) / (sd * Math.sqrt(2 * Math.PI))) * step;
    }
    expect(expectedImprovement(mean, sd, best)).toBeCloseTo(sum, 5);
  });

  it("is what is missing where nothing varies, and never less than nothing", () => {
    expect(expectedImprovement(0.6, 0, 0.5)).toBeCloseTo(0.1);
    expect(expectedImprovement(0.4, 0, 0.5)).toBe(0);
    expect(expectedImprovement(-1, 0.01, 1)).toBe(0);
  });
});
