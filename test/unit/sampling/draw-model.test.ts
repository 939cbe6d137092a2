import { expect, it } from "vitest";
import { noiseOfSeed, turnNoise } from "@/lib/domain/draw-noise";
import { drawModel } from "@/lib/domain/sampling/draw-model";
import type { DrawOutcome } from "@/lib/domain/sampling/draw-outcome";

const setting = { steps: 4, band: 1 };
const passing = (seed: number, direction: number): DrawOutcome => ({
  noise: noiseOfSeed(seed),
  setting,
  passed: true,
  direction,
});

it("believes of another draw what the formulas of one known draw say", () => {
  const spread = 0.03;
  const model = drawModel([passing(1, 0.8)], [], spread, () => 0.7);
  const { mean, sd } = model.believe({
    setting: { steps: 10, band: 2 },
    noise: turnNoise(noiseOfSeed(1), noiseOfSeed(2), 0.5),
  });
  // docs/sampling.md, with the level's variance of 50.
  const shared = 50 + Math.exp(-0.8 * Math.log(10 / 4) - 0.25 - 1.4 * (1 - Math.SQRT1_2));
  const known = 51 + 0.03;
  const variance = ((2 * spread ** 2) / (1 - Math.exp(-1.4) + 0.03) + 0.1 ** 2 / known) / 3;
  expect(mean).toBeCloseTo(0.7 + (0.1 * shared) / known, 10);
  expect(sd).toBeCloseTo(Math.sqrt(variance * (51 - shared ** 2 / known)), 10);
});

it("learns from an edit's own draws how widely they spread", () => {
  const spreadOf = (width: number) => {
    const outcomes = [-1, 1, -1, 1, -1, 1, -1, 1].map((side, i) => passing(i, 0.7 + side * width));
    return drawModel(outcomes, [], 0.03, () => 0.7).believe({ setting, noise: noiseOfSeed(99) }).sd;
  };
  expect(spreadOf(0.1) / spreadOf(0.01)).toBeGreaterThan(4);
});

it("is surer of what is planned, but learns nothing from it", () => {
  const outcomes = [passing(1, 0.8), passing(2, 0.7), passing(3, 0.75)];
  const point = { setting, noise: noiseOfSeed(4) };
  const before = drawModel(outcomes, [], 0.03, () => 0.7);
  const { mean, sd } = before.believe(point);
  const after = drawModel(outcomes, [{ ...passing(4, mean), noise: point.noise }], 0.03, () => 0.7);
  expect(after.believe(point).mean).toBeCloseTo(mean, 10);
  expect(after.believe(point).sd).toBeLessThan(sd / 2);
  const other = { setting, noise: noiseOfSeed(5) };
  expect(after.believe(other).mean).toBeCloseTo(before.believe(other).mean, 10);
  expect(after.ascent({ setting, noise: noiseOfSeed(1) }, [])!.some(({ seed }) => seed === 4)).toBe(false);
});

it("has no slope without draws", () => {
  expect(drawModel([], [], 0.03, () => 0.7).ascent({ setting, noise: noiseOfSeed(1) }, [])).toBeUndefined();
});
