import { describe, expect, it } from "vitest";
import { deriveUnit } from "@/lib/domain/derive-seed";
import { chooseSettings, expectedRaise } from "@/lib/domain/sampling/choose-settings";
import { allSettings, bandOf, bandRange, type DrawSetting } from "@/lib/domain/sampling/draw-settings";
import { effectsOf } from "@/lib/domain/sampling/effects";
import { addLessons, type DrawOutcome, lessonOf, noLessons } from "@/lib/domain/sampling/lessons";

const choices = { steps: [4, 10], costs: [3, 9], range: [0.1, 0.9], banded: true } as const;
const outcome = (setting: DrawSetting, direction: number | null, passed = true): DrawOutcome => ({
  setting,
  direction,
  passed,
});

describe("bands", () => {
  it("part the range of thresholds", () => {
    expect([0.1, 0.36, 0.37, 0.64, 0.89, 0.9].map((at) => bandOf([0.1, 0.9], at))).toEqual([
      0, 0, 1, 2, 2, 2,
    ]);
    const [low, high] = bandRange([0.1, 0.9], 1);
    expect(low).toBeCloseTo(0.1 + 0.8 / 3);
    expect(high).toBeCloseTo(0.1 + 1.6 / 3);
    expect(bandRange([0.1, 0.9], null)).toEqual([0.1, 0.9]);
    expect(bandOf([0.5, 0.5], 0.5)).toBe(0);
  });

  it("are left whole where targets share a source, and where there is nothing to part", () => {
    expect(allSettings(choices)).toHaveLength(6);
    expect(allSettings({ ...choices, banded: false })).toEqual([
      { steps: 4, band: null },
      { steps: 10, band: null },
    ]);
    expect(allSettings({ ...choices, range: [0.4, 0.4] })).toHaveLength(2);
  });
});

describe("lessons", () => {
  /** Edits on levels of their own; effect of steps −0.02, of bands 0, −0.03, −0.09. */
  const draws = (edit: number, count: number) =>
    Array.from({ length: count }, (_, d) => {
      const setting = { steps: d % 2 === 0 ? 4 : 10, band: Math.floor(3 * deriveUnit("b", edit, d)) };
      const noise = 0.02 * (deriveUnit("x", edit, d) - 0.5);
      const level = deriveUnit("level", edit);
      return outcome(setting, level - (d % 2 ? 0.02 : 0) - [0, 0.03, 0.09][setting.band]! + noise);
    });

  it("tell the effects of settings from the levels of edits", () => {
    const lessons = Array.from({ length: 40 }, (_, edit) => lessonOf(choices, draws(edit, 8))).reduce(
      (a, b) => addLessons(a, b),
    );
    const { of, spread } = effectsOf(choices, lessons);
    const effect = (steps: number, band: number) => of({ steps, band }).mean;
    expect(effect(10, 1) - effect(4, 1)).toBeCloseTo(-0.02, 2);
    expect(effect(4, 1) - effect(4, 0)).toBeCloseTo(-0.03, 2);
    expect(effect(4, 2) - effect(4, 0)).toBeCloseTo(-0.09, 2);
    // Uniform noise of width 0.02.
    expect(spread).toBeCloseTo(0.02 / Math.sqrt(12), 2);
  });

  it("add up: edits apart teach the same as together", () => {
    const [a, b] = [lessonOf(choices, draws(1, 5)), lessonOf(choices, draws(2, 7))];
    const sum = addLessons(addLessons(noLessons(choices), a), b);
    expect(sum).toEqual(addLessons(a, b));
    expect(sum).toMatchObject({ draws: 12, edits: 2 });
  });

  it("count what did not pass in the pass rate only", () => {
    const lesson = lessonOf(choices, [
      outcome({ steps: 4, band: 0 }, 0.9, false),
      outcome({ steps: 4, band: 0 }, 0.5),
      outcome({ steps: 7, band: 0 }, 0.5),
    ]);
    expect(lesson.drawn[0]).toBe(2);
    expect(lesson.passed[0]).toBe(1);
    expect(lesson).toMatchObject({ draws: 1, level: 0.5 });
  });
});

describe("chooseSettings", () => {
  const situation = { choices, lessons: null, outcomes: [], keep: 2 };

  it("begins with what costs least, and tries more than one part of the range", () => {
    const chosen = chooseSettings(situation, 4);
    expect(chosen.every(({ steps }) => steps === 4)).toBe(true);
    expect(new Set(chosen.map(({ band }) => band)).size).toBeGreaterThan(1);
  });

  it("gives the same settings for the same knowledge", () => {
    expect(chooseSettings(situation, 8)).toEqual(chooseSettings(situation, 8));
  });

  it("pays for more steps where only they pass", () => {
    const outcomes = [0, 1, 2].flatMap((band) => [
      ...Array.from({ length: 6 }, () => outcome({ steps: 4, band }, 0.3, false)),
      outcome({ steps: 10, band }, 0.7),
    ]);
    expect(chooseSettings({ ...situation, outcomes }, 1)[0]!.steps).toBe(10);
  });

  it("follows the type's lessons, and the edit's own draws against them", () => {
    const favours = (band: number) =>
      Array.from({ length: 60 }, (_, d) =>
        outcome({ steps: 4, band: d % 3 }, 0.6 + (d % 3 === band ? 0.08 : 0) + 0.01 * deriveUnit("n", d)),
      );
    const lessons = lessonOf(choices, favours(2));
    expect(chooseSettings({ ...situation, lessons }, 1)[0]).toEqual({ steps: 4, band: 2 });
    const own = chooseSettings({ ...situation, lessons, outcomes: favours(0) }, 1)[0];
    expect(own).toEqual({ steps: 4, band: 0 });
  });

  it("leaves lessons about other steps aside", () => {
    const lessons = noLessons({ ...choices, steps: [1, 2, 3, 4] });
    expect(chooseSettings({ ...situation, lessons }, 1)).toHaveLength(1);
  });
});

describe("expectedRaise", () => {
  it("falls with every draw that passes, and is great while too few have", () => {
    const draws = Array.from({ length: 12 }, (_, d) =>
      outcome({ steps: 4, band: d % 3 }, 0.7 + 0.05 * deriveUnit("direction", d)),
    );
    const raises = [0, 1, 2, 6, 12].map((count) =>
      expectedRaise({ choices, lessons: null, outcomes: draws.slice(0, count), keep: 2 }),
    );
    expect(raises[1]!).toBeGreaterThan(0.2);
    expect(raises[2]!).toBeLessThan(0.2);
    expect(raises[4]!).toBeLessThan(raises[3]!);
  });
});
