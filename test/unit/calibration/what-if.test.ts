import { describe, expect, it } from "vitest";
import { histogram, quantise, scoreColumn, stepValue } from "@/lib/domain/calibration/what-if/score-table";
import { createWhatIf, type WhatIfData } from "@/lib/domain/calibration/what-if/what-if";
import { brokenThresholds } from "@/lib/domain/selection";
import { randomStream } from "@/lib/domain/statistics/random-stream";

const random = randomStream(11);
const rows = 5003;
const scoresOf = () => ({
  clip: random() < 0.1 ? Number.NaN : random() * 0.5 - 0.1,
  ssim: random(),
});
const candidates = Array.from({ length: rows }, scoresOf);
const decided = Array.from({ length: 700 }, () => ({
  ...scoresOf(),
  approved: random() < 0.6,
  weight: 1 + random(),
}));

const columns = (of: readonly { clip: number; ssim: number }[]) => ({
  rows: of.length,
  columns: (["clip", "ssim"] as const).map((score) =>
    scoreColumn(
      score,
      Float32Array.from(of, (row) => row[score]),
    ),
  ),
});
const data: WhatIfData = {
  candidates: columns(candidates),
  types: Uint8Array.from(candidates, (_, i) => i % 3),
  editTypes: ["add", "remove", "replace"],
  scale: 1,
  decided: columns(decided),
  approved: Uint8Array.from(decided, ({ approved }) => (approved ? 1 : 0)),
  weights: Float32Array.from(decided, ({ weight }) => weight),
};

/** The plain rule, row by row. */
const passes = (
  row: { clip: number; ssim: number },
  bounds: Record<string, { min?: number; max?: number }>,
) =>
  brokenThresholds(
    Object.fromEntries(
      Object.entries({ clip: row.clip, ssim: row.ssim }).filter(([, v]) => !Number.isNaN(v)),
    ),
    bounds,
  ).length === 0;

describe("what-if", () => {
  it.each([
    {},
    { clip: { min: 0.2 } },
    { clip: { min: 0.05, max: 0.3 }, ssim: { min: 0.4 } },
    { ssim: { max: 0.9 } },
    { clip: { min: 9 } },
    { ssim: { max: -3 } },
    { dino: { min: 0.1 } },
  ] as Record<string, { min?: number; max?: number }>[])("counts as the plain rule does: %j", (bounds) => {
    const whatIf = createWhatIf(data);
    for (const [score, bound] of Object.entries(bounds)) whatIf.setBound(score, bound);
    const answer = whatIf.answer();
    const surviving = candidates.filter((row) => passes(row, bounds));
    // A value may lie within one step, a 65534th of the range, of the threshold.
    expect(Math.abs(answer.survivors - surviving.length)).toBeLessThanOrEqual(1);
    expect(answer.byType.reduce((sum, { survivors }) => sum + survivors, 0)).toBe(answer.survivors);
    const passing = decided.filter((row) => passes(row, bounds));
    const weight = (of: typeof decided) => of.reduce((sum, row) => sum + row.weight, 0);
    const good = weight(passing.filter(({ approved }) => approved));
    if (passing.length === 0) expect(answer.precision).toBeNull();
    else {
      expect(answer.precision!.value).toBeCloseTo(good / weight(passing), 4);
      expect(answer.precision!.low).toBeLessThanOrEqual(answer.precision!.value);
      expect(answer.precision!.high).toBeGreaterThanOrEqual(answer.precision!.value);
    }
    expect(answer.recall!.value).toBeCloseTo(good / weight(decided.filter(({ approved }) => approved)), 4);
  });

  it("forgets a lifted bound", () => {
    const whatIf = createWhatIf(data);
    whatIf.setBound("clip", { min: 0.2 });
    whatIf.setBound("clip", {});
    expect(whatIf.answer().survivors).toBe(rows);
  });

  it("scales counts up where only a part of the candidates was sent", () => {
    expect(createWhatIf({ ...data, scale: 4 }).answer().survivors).toBe(rows * 4);
  });
});

describe("columns of scores", () => {
  it("keeps the order of values and marks missing ones", () => {
    const column = scoreColumn("clip", Float32Array.of(0.1, Number.NaN, 0.3, 0.25));
    expect([...column.values]).toEqual([1, 0, 65_535, quantise(Math.fround(0.25), column.min, column.max)]);
    expect(stepValue(column.values[3]!, column)).toBeCloseTo(0.25, 5);
    expect([...histogram(column, 2)]).toEqual([1, 2]);
  });

  it("takes a score that is the same everywhere, or that nobody has", () => {
    expect([...scoreColumn("clip", Float32Array.of(0.5, 0.5)).values]).toEqual([1, 1]);
    expect([...scoreColumn("clip", Float32Array.of(Number.NaN)).values]).toEqual([0]);
  });
});
