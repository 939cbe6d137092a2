import { describe, expect, it } from "vitest";
import { deriveUnit } from "@/lib/domain/derive-seed";
import { type DrawNoise, noiseOfSeed, rootOf, turnNoise } from "@/lib/domain/draw-noise";
import { chooseDraws, expectedRaise, sidewaysTurns } from "@/lib/domain/sampling/choose-draws";
import { drawModel } from "@/lib/domain/sampling/draw-model";
import type { DrawOutcome } from "@/lib/domain/sampling/draw-outcome";
import { allSettings, bandOf, bandRange, type DrawSetting } from "@/lib/domain/sampling/draw-settings";
import { effectsOf } from "@/lib/domain/sampling/effects";
import { addLessons, lessonOf, noLessons } from "@/lib/domain/sampling/lessons";
import { lineagesOf } from "@/lib/domain/sampling/lineages";

const choices = { steps: [4, 10], costs: [3, 9], range: [0.1, 0.9], banded: true, varied: true } as const;
let seeds = 0;
const newNoise = (): DrawNoise => noiseOfSeed(++seeds);
const outcome = (
  setting: DrawSetting,
  direction: number | null,
  passed = true,
  noise = newNoise(),
): DrawOutcome => ({ noise, setting, direction, passed });
const turned = (noise: DrawNoise): DrawNoise => turnNoise(noise, newNoise(), sidewaysTurns[0]);

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
    const effect = (steps: number, band: number) => of({ steps, band });
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

describe("chooseDraws", () => {
  const situation = { choices, lessons: null, outcomes: [], keep: 2 };

  it("begins with what costs least, and tries more than one part of the range", () => {
    const chosen = chooseDraws(situation, 4);
    expect(chosen.every(({ steps }) => steps === 4)).toBe(true);
    expect(new Set(chosen.map(({ band }) => band)).size).toBeGreaterThan(1);
  });

  it("gives the same settings for the same knowledge", () => {
    expect(chooseDraws(situation, 8)).toEqual(chooseDraws(situation, 8));
  });

  it("pays for more steps where only they pass", () => {
    const outcomes = [0, 1, 2].flatMap((band) => [
      ...Array.from({ length: 6 }, () => outcome({ steps: 4, band }, 0.3, false)),
      outcome({ steps: 10, band }, 0.7),
    ]);
    expect(chooseDraws({ ...situation, outcomes }, 1)[0]!.steps).toBe(10);
  });

  it("follows the type's lessons, and the edit's own draws against them", () => {
    const favours = (band: number) =>
      Array.from({ length: 60 }, (_, d) =>
        outcome({ steps: 4, band: d % 3 }, 0.6 + (d % 3 === band ? 0.08 : 0) + 0.01 * deriveUnit("n", d)),
      );
    const lessons = lessonOf(choices, favours(2));
    expect(chooseDraws({ ...situation, lessons }, 1)[0]).toMatchObject({ steps: 4, band: 2 });
    const own = chooseDraws({ ...situation, lessons, outcomes: favours(0) }, 1)[0];
    expect(own).toMatchObject({ steps: 4, band: 0 });
  });

  it("leaves lessons about other steps aside", () => {
    const lessons = noLessons({ ...choices, steps: [1, 2, 3, 4] });
    expect(chooseDraws({ ...situation, lessons }, 1)).toHaveLength(1);
  });
});

describe("noise that is taken up", () => {
  const setting = { steps: 4, band: 1 };
  const known = (outcomes: readonly DrawOutcome[], keep = 2) => ({ choices, lessons: null, outcomes, keep });
  /** New draws whose directions are spread, the two best of them apart. */
  const draws = [0.7, 0.6, 0.5, 0.69, 0.55, 0.52, 0.58, 0.54].map((direction) => outcome(setting, direction));
  const best = [draws[0]!, draws[3]!].map(({ noise }) => rootOf(noise));

  it("is that of good draws, once there are some to choose from", () => {
    expect(chooseDraws(known(draws.slice(0, 3)), 4).every(({ noise }) => noise === null)).toBe(true);
    const [first] = chooseDraws(known(draws), 1);
    expect(best).toContain(rootOf(first!.noise!));
  });

  it("is drawn with another setting as it is, or turned a little", () => {
    for (const { turn, noise, steps, band } of chooseDraws(known(draws), 12)) {
      expect([0, ...sidewaysTurns]).toContain(turn);
      if (noise?.length === 1 && turn === 0) expect({ steps, band }).not.toEqual(setting);
    }
  });

  it("is turned the way the direction rises", () => {
    const [down, up] = [newNoise(), newNoise()];
    const from = draws[0]!.noise;
    const tried = [
      outcome(setting, 0.66, true, turnNoise(from, down, 0.2)),
      outcome(setting, 0.74, true, turnNoise(from, up, 0.2)),
    ];
    const model = drawModel([...draws, ...tried], [], 0.06, () => 0.6);
    const ascent = model.ascent({ setting, noise: from }, [draws[3]!.noise])!;
    const weight = (of: DrawNoise) => ascent.find(({ seed }) => seed === rootOf(of))?.weight ?? 0;
    expect(weight(up)).toBeGreaterThan(0.3);
    expect(weight(down)).toBeLessThan(-0.3);
    expect(ascent.reduce((sum, term) => sum + term.weight ** 2, 0)).toBeCloseTo(1, 10);
    // At right angles to where it starts, towards good draws and away from bad ones, and not towards what is kept beside it.
    expect(weight(from)).toBeCloseTo(0, 10);
    expect(weight(draws[1]!.noise)).toBeGreaterThan(0);
    expect(weight(draws[2]!.noise)).toBeLessThan(0);
    expect(weight(draws[3]!.noise)).toBeCloseTo(0, 10);
    const chosen = chooseDraws(known([...draws, ...tried], 1), 4).find(({ turn }) => turn === 0)!;
    expect(chosen.noise!.find(({ seed }) => seed === rootOf(up))!.weight).toBeGreaterThan(0);
  });

  it("is not drawn twice with one setting", () => {
    const tried = Array.from({ length: 6 }, (_, i) =>
      outcome(setting, 0.66 + 0.01 * i, true, turned(draws[0]!.noise)),
    );
    const chosen = chooseDraws(known([...draws, ...tried]), 12).filter(({ turn }) => turn === 0);
    expect(new Set(chosen.map((draw) => JSON.stringify(draw))).size).toBe(chosen.length);
  });

  it("is left where it came to nothing", () => {
    const barren = Array.from({ length: 12 }, () => outcome(setting, 0.55, true, turned(draws[0]!.noise)));
    const next = chooseDraws(known([...draws, ...barren]), 1)[0]!;
    expect(next.turn > 0 && rootOf(next.noise!) === best[0]).toBe(false);
  });

  it("goes on from what was better", () => {
    const better = outcome(setting, 0.78, true, turned(draws[0]!.noise));
    expect(lineagesOf(choices, [...draws, better])[0]).toMatchObject({
      noise: better.noise,
      direction: 0.78,
    });
    const found = better.noise[1]!.seed;
    const chosen = chooseDraws(known([...draws, better], 1), 6);
    expect(chosen.some(({ noise }) => noise?.some(({ seed }) => seed === found))).toBe(true);
  });

  it("has seeds of draws that were made only", () => {
    const outcomes = [...draws];
    for (let round = 0; round < 4; round++) {
      for (const { steps, band, noise, turn } of chooseDraws(known(outcomes), 12)) {
        expect((noise ?? []).every(({ seed }) => seed > 0)).toBe(true);
        const drawn = noise ? turnNoise(noise, newNoise(), turn) : newNoise();
        outcomes.push(outcome({ steps, band }, 0.6 + 0.2 * deriveUnit("d", outcomes.length), true, drawn));
      }
    }
  });

  it("stays with its source where that has several targets", () => {
    const { choices: all, ...rest } = known(draws);
    const chosen = chooseDraws({ ...rest, choices: { ...all, varied: false } }, 8);
    expect(chosen.every(({ noise }) => noise === null)).toBe(true);
  });

  it("teaches other edits nothing: it passes more often and gives more whatever the setting", () => {
    const taken = [turned(draws[0]!.noise), draws[0]!.noise].map((noise) =>
      outcome({ steps: 10, band: 1 }, 0.9, true, noise),
    );
    expect(lessonOf(choices, [draws[0]!, ...taken])).toEqual(lessonOf(choices, [draws[0]!]));
    // Where draws share a source none of them takes up noise.
    const shared = { ...choices, varied: false };
    expect(lessonOf(shared, [draws[0]!, ...taken]).draws).toBe(3);
  });

  it("tells what more steps give: they are paid for where they gave more", () => {
    const again = (direction: number) => ({ ...draws[0]!, setting: { steps: 10, band: 1 }, direction });
    const share = (direction: number) =>
      chooseDraws(known([...draws, again(direction)]), 6).filter(({ steps }) => steps === 10).length;
    expect(share(0.85)).toBeGreaterThan(share(0.65));
  });

  it("raises less than draws that did not pass could make believe", () => {
    const strange = outcome(setting, -0.5, false);
    expect(expectedRaise(known([...draws, strange]))).toBeCloseTo(expectedRaise(known(draws)), 2);
  });
});

describe("expectedRaise", () => {
  it("counts every target of a source, where a source has several", () => {
    const noise = newNoise();
    const several = [0.7, 0.72, 0.69, 0.71].map((direction) =>
      outcome({ steps: 4, band: null }, direction, true, noise),
    );
    const shared = { ...choices, banded: false, varied: false };
    expect(expectedRaise({ choices: shared, lessons: null, outcomes: several, keep: 2 })).toBeLessThan(0.1);
  });

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
