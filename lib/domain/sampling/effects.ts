import { solvePositive } from "../statistics/positive-definite";
import { allSettings, type DrawSetting, type SettingChoices } from "./draw-settings";
import { featuresOf, type Lessons } from "./lessons";

/** Draws that the spread of one edit's directions is believed to have been seen in beforehand, and that spread. */
const priorDraws = 2;
const priorSpread = 0.03;

/** What the lessons say of settings. */
export interface Effects {
  /** Effect of a setting on the direction. */
  of(setting: DrawSetting): number;
  /** Standard deviation of the directions of one edit's draws with one setting. */
  readonly spread: number;
}

/**
 * Effects of steps and bands by ridge regression. The penalty is that of a prior worth one draw (Kass and Wasserman
 * 1995, unit information), which also decides where an edit's draws cannot tell two effects apart.
 */
export function effectsOf(choices: SettingChoices, lessons: Lessons): Effects {
  const size = lessons.xy.length;
  const matrix = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => lessons.xx[i * size + j]! + (i === j ? 1 : 0)),
  );
  const beta = solvePositive(matrix, lessons.xy);
  const residual = lessons.yy - dot(beta, lessons.xy);
  const freedom = Math.max(0, lessons.draws - lessons.edits);
  const variance = (priorDraws * priorSpread ** 2 + Math.max(0, residual)) / (priorDraws + freedom);

  const settings = allSettings(choices).map((setting) => featuresOf(choices, setting));
  const centre = Array.from(
    { length: size },
    (_, i) => settings.reduce((sum, x) => sum + x[i]!, 0) / settings.length,
  );
  return {
    spread: Math.sqrt(variance),
    of(setting) {
      return dot(
        featuresOf(choices, setting).map((value, i) => value - centre[i]!),
        beta,
      );
    },
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
