import { describe, expect, it } from "vitest";
import { noiseOfSeed, turnNoise } from "@/lib/domain/draw-noise";
import { comparePolicies } from "@/scripts/experiment/compare-policies";
import { coverage, eigenvalues, vendiScore } from "@/scripts/experiment/diversity";
import type { DrawRow } from "@/scripts/experiment/draw-store";
import { labOf, seam } from "@/scripts/experiment/outcome";
import { adaptivePolicy, outcomeOf } from "@/scripts/experiment/sampling";
import { bootstrap, jackknife, mean } from "@/scripts/experiment/statistics";

describe("measures of diversity", () => {
  const axis = (i: number) => Array.from({ length: 4 }, (_, k) => (k === i ? 1 : 0));

  it("Vendi score counts unlike things", () => {
    expect(vendiScore([axis(0), axis(0), axis(0)])).toBeCloseTo(1, 9);
    expect(vendiScore([axis(0), axis(1), axis(2), axis(3)])).toBeCloseTo(4, 9);
    expect(vendiScore([axis(0), axis(0), axis(1), axis(1)])).toBeCloseTo(2, 9);
    // numpy: exp(-sum(l*log(l))) of the eigenvalues of [[.5,.3],[.3,.5]], which are .8 and .2.
    expect(vendiScore([axis(0), [0.6, 0.8, 0, 0]])).toBeCloseTo(
      Math.exp(-0.8 * Math.log(0.8) - 0.2 * Math.log(0.2)),
      9,
    );
  });

  it("eigenvalues are those of the matrix", () => {
    const values = eigenvalues([
      [2, 1, 0],
      [1, 2, 1],
      [0, 1, 2],
    ]).sort((a, b) => a - b);
    const root = Math.SQRT2;
    for (const [i, value] of [2 - root, 2, 2 + root].entries()) expect(values[i]).toBeCloseTo(value, 9);
  });

  it("coverage is the share of real pictures with a made one near", () => {
    const real = [axis(0), axis(1), axis(2)];
    expect(coverage(real, real, 1)).toBe(1);
    expect(coverage(real, [[-1, 0, 0, 0]], 1)).toBeCloseTo(2 / 3);
  });
});

it("LAB is that of CIE for sRGB", () => {
  const image = { width: 2, height: 1, data: Uint8Array.from([255, 0, 0, 255, 255, 255]) };
  for (const [i, value] of [53.24, 80.09, 67.2].entries()) expect(labOf(image, 0)[i]).toBeCloseTo(value, 1);
  for (const [i, value] of [100, 0, 0].entries()) expect(labOf(image, 1)[i]).toBeCloseTo(value, 1);
});

it("a seam is the step that the target has more than the source", () => {
  const row = (...levels: number[]) => ({
    width: 4,
    height: 1,
    data: Uint8Array.from(levels.flatMap((level) => [level, level, level])),
  });
  const mask = { width: 4, height: 1, data: Uint8Array.from([0, 255, 255, 0]) };
  expect(seam(row(10, 10, 10, 10), row(10, 61, 61, 10), mask)).toBeCloseTo(51 / 255, 9);
});

it("intervals hold the value and are wider with less agreement", () => {
  const close = bootstrap([1, 1.1, 0.9, 1, 1.05], mean);
  const wide = bootstrap([0, 2, 5, -3, 1], mean);
  expect(close.low).toBeLessThanOrEqual(close.value);
  expect(close.high - close.low).toBeLessThan(wide.high - wide.low);
  const { value, low, high } = jackknife([1, 2, 3, 4], mean);
  // Of a mean, the jackknife's error is the usual one: sqrt(5/3 / 4).
  expect((high - low) / 2 / 1.96).toBeCloseTo(Math.sqrt(5 / 12), 9);
  expect(value).toBe(2.5);
});

describe("policies", () => {
  const choices = { steps: [4, 10], costs: [3, 9], range: [0.1, 0.9], banded: true, varied: true } as const;
  const thresholds = { clipDirection: { min: 0.2 } };
  const row = (draw: number, clipDirection: number, steps = 4): DrawRow => ({
    arm: "thrifty-free",
    edit: 0,
    draw,
    scores: { clipDirection },
    unetRows: 4 * (steps === 4 ? 3 : 9),
    noise: noiseOfSeed(draw),
    steps,
    threshold: 0.2,
    success: true,
    outside: null,
    fidelity: 0,
    labError: 10,
    seam: null,
    embedding: [],
  });

  it("draw as a run would: with the settings it chooses, until a draw promises little", async () => {
    const policy = adaptivePolicy(choices, 30, { share: 1, leastRaise: 0.01 });
    const asked: number[] = [];
    const made = await policy.run("add", thresholds, async (first, settings) => {
      asked.push(...settings.map(({ steps }) => steps));
      return settings.map(({ steps, noise, turn }, i) => {
        const index = first + i;
        const own = noiseOfSeed(index);
        return {
          ...row(index, index < 2 ? 0.72 : 0.7, steps),
          noise: noise ? turnNoise(noise, own, turn) : own,
        };
      });
    });
    expect(made).toBe(asked.length);
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(asked.length).toBeLessThan(30);
    expect(asked[0]).toBe(4);
  });

  it("are compared by what they keep for a UNet evaluation", () => {
    const judged = (draws: DrawRow[]) =>
      draws.map((drawn) => ({ row: drawn, outcome: outcomeOf(drawn, choices, thresholds) }));
    const fixed = judged([0.5, 0.6, 0.7, 0.8, 0.9, 0.1].map((direction, i) => row(i, direction, 10)));
    const adaptive = judged([0.8, 0.9].map((direction, i) => row(i, direction)));
    const compared = comparePolicies([{ fixed, adaptive }]);
    expect(compared.fixed).toMatchObject({ drawn: 6, kept: 2, unetRows: 216 });
    expect(compared.fixed.direction).toBeCloseTo(0.85);
    expect(compared.adaptive).toMatchObject({ drawn: 2, kept: 2, unetRows: 24 });
    expect(compared.ratio.value).toBeCloseTo(9);
    expect(compared.strata.map(({ label, edits }) => [label, edits])).toEqual([["50 % and more", 1]]);
  });
});
