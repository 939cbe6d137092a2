import { z } from "zod";
import type { DrawOutcome } from "./draw-outcome";
import { bandCount, type DrawSetting, type SettingChoices } from "./draw-settings";
import { newDraws } from "./lineages";

/**
 * What finished edits taught about the settings, in sums that add up. CLIP direction of the draws that passed is taken as
 * the edit's own level plus an effect of the steps plus one of the band (least squares with fixed effects): edits
 * differ far more than settings do, so only differences within an edit count.
 */
export const lessonsSchema = z.object({
  /** Numbers of steps that the lessons are about. */
  steps: z.array(z.number()).default([]),
  /** By setting: draws, and those that passed. */
  drawn: z.array(z.number()),
  passed: z.array(z.number()),
  /** Passing draws with a direction, and edits that have one. */
  draws: z.number(),
  edits: z.number(),
  /** Sum of the edits' mean directions. */
  level: z.number(),
  /** Sums of products about each edit's means: features by features (row by row), features by direction, direction squared. */
  xx: z.array(z.number()),
  xy: z.array(z.number()),
  yy: z.number(),
});
export type Lessons = z.infer<typeof lessonsSchema>;

export function noLessons({ steps }: SettingChoices): Lessons {
  const size = steps.length + bandCount;
  const cells = steps.length * bandCount;
  return {
    steps: [...steps],
    drawn: new Array(cells).fill(0),
    passed: new Array(cells).fill(0),
    draws: 0,
    edits: 0,
    level: 0,
    xx: new Array(size * size).fill(0),
    xy: new Array(size).fill(0),
    yy: 0,
  };
}

/** Whether lessons are about these steps: a run whose pack was exchanged begins anew. */
export function fits(lessons: Lessons, { steps }: Pick<SettingChoices, "steps">): boolean {
  return lessons.steps.length === steps.length && steps.every((count, at) => lessons.steps[at] === count);
}

/** How often draws were made with each setting, and passed. */
export function passesOf(
  choices: SettingChoices,
  outcomes: readonly DrawOutcome[],
): Pick<Lessons, "drawn" | "passed"> {
  const { drawn, passed } = noLessons(choices);
  for (const outcome of outcomes.filter(({ setting }) => choices.steps.includes(setting.steps))) {
    for (const [cell, share] of cellsOf(choices, outcome.setting)) {
      drawn[cell]! += share;
      if (outcome.passed) passed[cell]! += share;
    }
  }
  return { drawn, passed };
}

/**
 * What the draws of one edit teach. Draws with steps that are not among the choices are left out, and those that take up noise:
 * it is the best noise, so they pass more often and give more whatever their setting.
 */
export function lessonOf(choices: SettingChoices, outcomes: readonly DrawOutcome[]): Lessons {
  const fresh = newDraws(choices, outcomes);
  const lessons = { ...noLessons(choices), ...passesOf(choices, fresh) };
  const size = lessons.xy.length;
  const made = fresh.filter(
    ({ setting, passed, direction }) => choices.steps.includes(setting.steps) && passed && direction !== null,
  );
  if (made.length === 0) return lessons;
  const rows = made.map(({ setting }) => featuresOf(choices, setting));
  const values = made.map(({ direction }) => direction!);
  const average = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const level = average(values);
  const centre = Array.from({ length: size }, (_, i) => average(rows.map((row) => row[i]!)));
  for (const [at, row] of rows.entries()) {
    const y = values[at]! - level;
    lessons.yy += y * y;
    for (let i = 0; i < size; i++) {
      const x = row[i]! - centre[i]!;
      lessons.xy[i]! += x * y;
      for (let j = 0; j < size; j++) lessons.xx[i * size + j]! += x * (row[j]! - centre[j]!);
    }
  }
  return { ...lessons, draws: made.length, edits: 1, level };
}

/** `a` and `weight` times `b`, about the same steps. */
export function addLessons(a: Lessons, b: Lessons, weight = 1): Lessons {
  const sum = (left: readonly number[], right: readonly number[]) =>
    left.map((value, i) => value + weight * right[i]!);
  return {
    steps: a.steps,
    drawn: sum(a.drawn, b.drawn),
    passed: sum(a.passed, b.passed),
    draws: a.draws + weight * b.draws,
    edits: a.edits + weight * b.edits,
    level: a.level + weight * b.level,
    xx: sum(a.xx, b.xx),
    xy: sum(a.xy, b.xy),
    yy: a.yy + weight * b.yy,
  };
}

/** One for the setting's steps, one for its band; a setting of the whole range has an equal share of each band. */
export function featuresOf({ steps }: SettingChoices, setting: DrawSetting): number[] {
  const bands = Array.from({ length: bandCount }, (_, band) =>
    setting.band === null ? 1 / bandCount : Number(setting.band === band),
  );
  return [...steps.map((count) => Number(count === setting.steps)), ...bands];
}

/** The cells of steps by band that a setting falls into, with its share in each. */
export function cellsOf({ steps }: SettingChoices, setting: DrawSetting): [cell: number, share: number][] {
  const first = steps.indexOf(setting.steps) * bandCount;
  if (setting.band !== null) return [[first + setting.band, 1]];
  return Array.from({ length: bandCount }, (_, band) => [first + band, 1 / bandCount]);
}
