import { describe, expect, it } from "vitest";
import { coverage, eigenvalues, vendiScore } from "@/scripts/experiment/diversity";
import { labOf, seam } from "@/scripts/experiment/outcome";
import { applyPolicy, type Pool } from "@/scripts/experiment/policies";
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

it("a policy draws as a run would: all of them, or until enough have passed", () => {
  const draw = (clipDirection: number) => ({ scores: { clipDirection }, unetRows: 10 });
  const pool = (key: string, ...directions: number[]): Pool => ({
    key,
    editType: "add",
    draws: directions.map(draw),
  });
  const pools = [pool("easy", 0.5, 0.6, 0.7, 0.8, 0.9), pool("hard", 0.1, 0.1, 0.1, 0.1, 0.3)];
  const thresholds = () => ({ clipDirection: { min: 0.2 } });
  const fixed = applyPolicy("fixed", pools, thresholds);
  expect(fixed.map(({ drawn, kept, unetRows }) => [drawn, kept, unetRows])).toEqual([
    [5, 2, 50],
    [5, 1, 50],
  ]);
  expect(fixed[0]?.directions).toEqual([0.8, 0.9]);
  const adaptive = applyPolicy("adaptive", pools, thresholds);
  expect(adaptive[0]).toMatchObject({ drawn: 4, kept: 2 });
  expect(adaptive[1]).toMatchObject({ drawn: 5, kept: 1 });
});
