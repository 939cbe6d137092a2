import { describe, expect, it } from "vitest";
import { type Draw, drawWeights, type Population } from "@/lib/domain/calibration/draw-weights";

const draw = (part: Partial<Draw> = {}): Draw => ({
  audit: false,
  probability: null,
  cell: 0,
  editType: "add",
  runId: "a",
  ...part,
});
const stratum = (samples: number, part: Partial<Population> = {}): Population => ({
  cell: 0,
  editType: "add",
  runId: "a",
  samples,
  ...part,
});
const rounded = (weights: Float32Array) => [...weights].map((weight) => Number(weight.toFixed(3)));

describe("the weight of a decided sample", () => {
  it("is its cell's samples over its cell's decisions", () => {
    const draws = [draw(), draw(), draw({ cell: 3 })];
    const { weights, covered } = drawWeights(draws, [stratum(10), stratum(90, { cell: 3 })]);
    expect(rounded(weights)).toEqual([5, 5, 90]);
    expect(covered).toBe(1);
  });

  it("is one over the chance of an audit, whatever waits in the queue", () => {
    const audits = [draw({ audit: true, probability: 0.05 }), draw({ audit: true })];
    const { weights } = drawWeights([...audits, draw()], [stratum(7)]);
    expect(rounded(weights)).toEqual([20, 1, 7]);
  });

  it("says how much of the samples nobody has looked near of", () => {
    const population = [stratum(30), stratum(50, { cell: 5 }), stratum(20, { runId: "b" })];
    const { weights, covered } = drawWeights([draw()], population);
    expect(rounded(weights)).toEqual([30]);
    expect(covered).toBeCloseTo(0.3);
    expect(drawWeights([], []).covered).toBe(1);
  });

  it("undoes filters on type and run together: every margin of the population is met", () => {
    // People looked at nearly all of one type in one run, and at little else.
    const looked: [string, string, number, number][] = [
      ["add", "a", 40, 50],
      ["add", "b", 2, 150],
      ["remove", "a", 3, 300],
      ["remove", "b", 5, 500],
    ];
    const draws = looked.flatMap(([editType, runId, decided]) =>
      Array.from({ length: decided }, () => draw({ editType, runId })),
    );
    const { weights } = drawWeights(
      draws,
      looked.map(([editType, runId, , samples]) => stratum(samples, { editType, runId })),
    );
    const sumOf = (part: (one: Draw) => boolean) =>
      draws.reduce((sum, one, i) => sum + (part(one) ? weights[i]! : 0), 0);
    expect(sumOf(({ editType }) => editType === "add")).toBeCloseTo(200, 0);
    expect(sumOf(({ editType }) => editType === "remove")).toBeCloseTo(800, 0);
    expect(sumOf(({ runId }) => runId === "a")).toBeCloseTo(350, 0);
    expect(sumOf(({ runId }) => runId === "b")).toBeCloseTo(650, 0);
  });

  it("recovers chances that are products of a factor for each margin", () => {
    const chance = { add: 0.8, remove: 0.1, a: 0.5, b: 1 } as const;
    const population: Population[] = [];
    const draws: Draw[] = [];
    for (const editType of ["add", "remove"] as const) {
      for (const runId of ["a", "b"] as const) {
        population.push(stratum(1000, { editType, runId }));
        const decided = 1000 * chance[editType] * chance[runId];
        draws.push(...Array.from({ length: decided }, () => draw({ editType, runId })));
      }
    }
    const { weights } = drawWeights(draws, population);
    for (const [i, { editType, runId }] of draws.entries()) {
      const truth = 1 / (chance[editType as "add" | "remove"] * chance[runId as "a" | "b"]);
      expect(weights[i]).toBeCloseTo(truth, 2);
    }
  });
});
