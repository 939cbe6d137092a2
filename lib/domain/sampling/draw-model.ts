import { type DrawNoise, rootOf } from "../draw-noise";
import { type Belief, gaussianProcess } from "../statistics/gaussian-process";
import type { DrawOutcome } from "./draw-outcome";
import type { DrawSetting } from "./draw-settings";

/** What a draw is made of, as far as its direction depends on it. */
export interface DrawPoint {
  readonly setting: DrawSetting;
  readonly noise: DrawNoise;
}

export interface DrawModel {
  believe(point: DrawPoint): Belief;
  /**
   * Which way the direction rises from a draw's noise, as far as the draws of its lineage show it: a noise at right angles to
   * it. Undefined where they do not.
   */
  ascent(point: DrawPoint): DrawNoise | undefined;
}

/** Standard deviation of the levels of edits about what is expected of them: wide, so that an edit's own draws say it. */
const levelSpread = 0.25;
/** Standard deviations of the effects of steps, of bands and of both together, in spreads. */
const effects = { steps: 1, band: 0.7, both: 0.4 };
/** Correlation of what a noise gives with other steps, and with another band of thresholds. */
const alike = { steps: 0.85, band: 0.95 };
/** Share of what a noise gives that is not linear in it, and how fast that is lost: with this power of the correlation. */
const bent = { share: 0.1, power: 8 };
/** Standard deviation of what nothing explains, in spreads: thresholds differ within a band. */
const rest = 0.03;
/** Draws that the model is made of at most, the latest: the work grows with their third power. */
const mostDraws = 200;

/**
 * What is believed of the directions of an edit's draws: a level of its own, effects of the setting, and what the noise gives,
 * which is alike with other settings, and in other noises as far as they correlate: a Gaussian process, nearly
 * linear in the noise (measured correlations in docs/sampling.md). Draws that do not pass say nothing: they may be anything.
 * @param spread standard deviation of the directions of draws with one setting and new noise
 * @param expected of the direction with a setting, before any draw of the edit
 */
export function drawModel(
  outcomes: readonly DrawOutcome[],
  spread: number,
  expected: (setting: DrawSetting) => number,
): DrawModel {
  const draws = outcomes.filter(({ passed, direction }) => passed && direction !== null).slice(-mostDraws);
  const points = draws.map(({ setting, noise }) => ({ setting, noise, weights: weightsOf(noise) }));
  type Point = (typeof points)[number];
  const ofNoise = (a: DrawSetting, b: DrawSetting) =>
    spread ** 2 * (a.steps === b.steps ? 1 : alike.steps) * (a.band === b.band ? 1 : alike.band);
  const covariance = (a: Point, b: Point) => {
    const steps = a.setting.steps === b.setting.steps;
    const band = a.setting.band === b.setting.band;
    let shared = 0;
    if (steps) shared += effects.steps ** 2;
    if (band) shared += effects.band ** 2;
    if (steps && band) shared += effects.both ** 2;
    const correlation = product(a.weights, b.weights);
    const curve = bent.share * Math.max(0, correlation) ** bent.power;
    const noise = ofNoise(a.setting, b.setting) * ((1 - bent.share) * correlation + curve);
    return levelSpread ** 2 + spread ** 2 * shared + noise;
  };
  const process = gaussianProcess(
    points,
    draws.map(({ setting, direction }) => direction! - expected(setting)),
    covariance,
    (rest * spread) ** 2,
  );
  return {
    believe({ setting, noise }) {
      const { mean, sd } = process.believe({ setting, noise, weights: weightsOf(noise) });
      return { mean: mean + expected(setting), sd };
    },
    ascent({ setting, noise }) {
      const here = weightsOf(noise);
      const slope = new Map<number, number>();
      points.forEach((point, i) => {
        // Draws that are only planned say nothing, and have noise of which the seed is not known yet.
        if (rootOf(point.noise) !== rootOf(noise) || point.noise.some(({ seed }) => seed < 0)) return;
        const share = process.weights[i]! * ofNoise(setting, point.setting);
        for (const [seed, weight] of point.weights) slope.set(seed, (slope.get(seed) ?? 0) + share * weight);
      });
      const along = product(slope, here);
      for (const [seed, weight] of here) slope.set(seed, (slope.get(seed) ?? 0) - along * weight);
      const length = Math.sqrt(product(slope, slope));
      if (length < 1e-6) return undefined;
      return [...slope].map(([seed, weight]) => ({ seed, weight: weight / length }));
    },
  };
}

function weightsOf(noise: DrawNoise): ReadonlyMap<number, number> {
  return new Map(noise.map(({ seed, weight }) => [seed, weight]));
}

function product(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const [seed, weight] of a) sum += weight * (b.get(seed) ?? 0);
  return sum;
}
