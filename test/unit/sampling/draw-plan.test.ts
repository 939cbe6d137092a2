import { describe, expect, it } from "vitest";
import {
  type DrawSituation,
  expectedGain,
  planDraws,
  priceOf,
  priorOf,
  warmUpEdits,
} from "@/lib/domain/sampling/draw-plan";

const situation = (part: Partial<DrawSituation> = {}): DrawSituation => ({
  mode: "adaptive",
  prior: { alpha: 1, beta: 1 },
  price: 0,
  edit: { drawn: 0, passed: 0 },
  wanted: 2,
  maxDraws: 12,
  batch: 4,
  ...part,
});

/** V of the docstring by plain recursion, to hold the table against. */
function gainByRecursion(s: DrawSituation): number {
  const { prior, edit, wanted, maxDraws, price } = s;
  if (edit.passed >= wanted || edit.drawn >= maxDraws) return 0;
  const rate = (prior.alpha + edit.passed) / (prior.alpha + prior.beta + edit.drawn);
  const after = (passed: number) =>
    gainByRecursion({ ...s, edit: { drawn: edit.drawn + 1, passed: edit.passed + passed } });
  return Math.max(0, -price + rate * (1 + after(1)) + (1 - rate) * after(0));
}

describe("planDraws", () => {
  it("stops when enough have passed, and at the limit", () => {
    expect(planDraws(situation({ edit: { drawn: 3, passed: 2 } }))).toEqual({ stop: "enough" });
    expect(planDraws(situation({ edit: { drawn: 12, passed: 1 } }))).toEqual({ stop: "limit" });
  });

  it("draws as many at once as are expected to bring what is missing", () => {
    const sure = { alpha: 1.9, beta: 0.1 };
    expect(planDraws(situation({ prior: sure, wanted: 1 }))).toEqual({ draw: 2 });
    expect(planDraws(situation({ prior: { alpha: 2, beta: 0 }, wanted: 1 }))).toEqual({ draw: 1 });
    expect(planDraws(situation({ prior: { alpha: 0.2, beta: 1.8 } }))).toEqual({ draw: 4 });
    expect(planDraws(situation({ edit: { drawn: 11, passed: 0 } }))).toEqual({ draw: 1 });
  });

  it("always draws all in fixed mode", () => {
    const fixed = situation({ mode: "fixed", edit: { drawn: 8, passed: 8 }, price: 1 });
    expect(planDraws(fixed)).toEqual({ draw: 4 });
    expect(planDraws({ ...fixed, edit: { drawn: 12, passed: 0 } })).toEqual({ stop: "limit" });
  });

  it("gives up when what is left does not pay, sooner for a type that seldom passes", () => {
    const drawsUntilGivenUp = (alpha: number) => {
      let drawn = 0;
      for (; drawn < 100; drawn++) {
        const s = situation({
          prior: { alpha, beta: 2 - alpha },
          price: 0.1,
          maxDraws: 100,
          batch: 1,
          edit: { drawn, passed: 0 },
        });
        if ("stop" in planDraws(s)) break;
      }
      return drawn;
    };
    const [seldom, often] = [drawsUntilGivenUp(0.2), drawsUntilGivenUp(1.2)];
    expect(seldom).toBeLessThan(often);
    expect(often).toBeLessThan(100);
    expect(planDraws(situation({ price: 0, edit: { drawn: 11, passed: 0 } }))).toEqual({ draw: 1 });
  });

  it("goes on at a mean just below the price while what may be learned is worth it", () => {
    const curious = situation({ prior: { alpha: 0.2, beta: 1.8 }, price: 0.12, wanted: 4, maxDraws: 30 });
    expect(0.2 / 2).toBeLessThan(curious.price);
    expect(planDraws(curious)).not.toEqual({ stop: "unlikely" });
  });
});

describe("expectedGain", () => {
  it("is the value of the recursion", () => {
    for (const price of [0.05, 0.2, 0.45]) {
      for (const edit of [
        { drawn: 0, passed: 0 },
        { drawn: 3, passed: 1 },
        { drawn: 5, passed: 0 },
      ]) {
        const s = situation({ price, edit, prior: { alpha: 0.7, beta: 1.3 }, wanted: 3, maxDraws: 10 });
        expect(expectedGain(s)).toBeCloseTo(gainByRecursion(s), 12);
      }
    }
  });
});

describe("priors and prices", () => {
  it("start at one half and move to the stage's and then the type's own rate", () => {
    const rate = ({ alpha, beta }: { alpha: number; beta: number }) => alpha / (alpha + beta);
    expect(rate(priorOf({ drawn: 0, passed: 0 }, { drawn: 0, passed: 0 }))).toBe(0.5);
    expect(rate(priorOf({ drawn: 0, passed: 0 }, { drawn: 998, passed: 99 }))).toBeCloseTo(0.1, 3);
    expect(rate(priorOf({ drawn: 990, passed: 800 }, { drawn: 998, passed: 99 }))).toBeCloseTo(0.801, 3);
  });

  it("ask no price while the stage warms up", () => {
    expect(priceOf({ drawn: 50, kept: 10, finished: warmUpEdits - 1 }, 1)).toBe(0);
    expect(priceOf({ drawn: 50, kept: 10, finished: warmUpEdits }, 0.5)).toBe(0.1);
  });
});
