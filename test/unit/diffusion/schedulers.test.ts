import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createSchedule, realSteps } from "@/lib/diffusion/schedulers/create-schedule";
import type { SchedulerConfig } from "@/lib/packs/manifest";

interface Case {
  config: SchedulerConfig;
  steps: number;
  strength: number;
  timesteps: number[];
  initialScale: number;
  clean: number[];
  noise: number[];
  levels: number[][];
  records: { before: number[]; input: number[]; output: number[]; noise: number[] | null; after: number[] }[];
}

const cases = JSON.parse(
  readFileSync(new URL("../../fixtures/schedulers/cases.json", import.meta.url), "utf8"),
) as Case[];

/** diffusers builds its tables in single precision; near zero signal that costs up to 2e-4 of a value. */
const tolerance = 5e-4;

/** Largest difference, relative to the reference's largest value. */
function distance(values: ArrayLike<number>, reference: readonly number[]): number {
  const largest = Math.max(1, ...reference.map(Math.abs));
  return Math.max(...reference.map((value, i) => Math.abs(value - values[i]!))) / largest;
}

describe.each(cases)(
  "$config.kind, $config.betaSchedule, $config.timestepSpacing, $config.predictionType, $steps steps at $strength",
  (expected) => {
    const schedule = createSchedule(expected.config, expected.steps, expected.strength);
    const clean = Float32Array.from(expected.clean);
    const noise = Float32Array.from(expected.noise);

    it("runs the timesteps of diffusers", () => {
      expect(distance(schedule.timesteps, expected.timesteps)).toBeLessThan(1e-6);
      expect(schedule.timesteps).toHaveLength(expected.timesteps.length);
    });

    it("noises latents as diffusers does", () => {
      expected.levels.forEach((level, i) => {
        expect(distance(schedule.addNoise(clean, noise, i), level)).toBeLessThan(tolerance);
      });
      const start = expected.noise.map((value) => value * expected.initialScale);
      expect(distance(schedule.fromNoise(noise), start)).toBeLessThan(tolerance);
    });

    it("steps as diffusers does", () => {
      expected.records.forEach((record, i) => {
        const latents = Float32Array.from(record.before);
        expect(distance(schedule.modelInput(latents, i), record.input)).toBeLessThan(tolerance);
        const fresh = record.noise ? Float32Array.from(record.noise) : new Float32Array(latents.length);
        const after = schedule.step(latents, Float32Array.from(record.output), i, fresh);
        expect(distance(after, record.after)).toBeLessThan(tolerance);
      });
    });
  },
);

describe("the number of steps", () => {
  it.each([
    [3, 0.6, 1],
    [5, 0.6, 3],
    [8, 0.6, 4],
    [10, 0.3, 3],
    [14, 0.3, 4],
    [4, 1, 4],
  ])("%i steps at strength %f are %i real ones, as published", (steps, strength, real) => {
    expect(realSteps(steps, strength)).toBe(real);
  });

  it("refuses to run none", () => {
    expect(() => createSchedule(cases[0]!.config, 3, 0.3)).toThrow(/leaves no step/);
    expect(() => createSchedule(cases[0]!.config, 0, 1)).toThrow(/steps/);
  });
});
