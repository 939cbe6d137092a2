import type { DrawNoise } from "../draw-noise";
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
   * Which way the expected direction rises fastest from a draw's noise: a sum of the draws' noises, at right angles to it and to those
   * that it must not come nearer to. Undefined where there is none.
   */
  ascent(point: DrawPoint, apart: readonly DrawNoise[]): DrawNoise | undefined;
}

/**
 * How fast draws become unlike: with the logarithm of the ratio of their steps, with the number of bands between their attention
 * thresholds, and with 1 less the correlation of their noises. By maximum likelihood (docs/sampling.md).
 */
const unlike = { steps: 0.8, band: 0.25, noise: 1.4 };
/** Variances in those of an edit's draws: of what nothing explains, since thresholds differ within a band, and of the edits' levels. */
const variances = { rest: 0.03, level: 50 };
/** Draws that the spread of one edit is believed to have been seen in beforehand. */
const spreadWeight = 2;
/** Draws that the model is made of at most, the latest: the work grows with their third power. */
const mostDraws = 200;

/**
 * What is believed of the directions of an edit's passing draws: a Gaussian process with a level of its own for the edit, about
 * which draws are as alike as their settings and noises are. In the noise that is the squared exponential covariance, since 1 less
 * the correlation is half the squared distance of two noises of unit length; in the steps and bands the exponential one
 * (Rasmussen and Williams 2006, 4.2). The spread is the edit's own, as far as its draws tell it. Draws that do not pass say
 * nothing: they may be anything.
 * @param planned draws that are not yet made, believed to come out as expected
 * @param spread standard deviation to be expected of the directions of an edit's draws with one setting and new noise
 * @param expected of the direction with a setting, before any draw of the edit
 */
export function drawModel(
  outcomes: readonly DrawOutcome[],
  planned: readonly DrawOutcome[],
  spread: number,
  expected: (setting: DrawSetting) => number,
): DrawModel {
  const made = outcomes.filter(({ passed, direction }) => passed && direction !== null).slice(-mostDraws);
  const draws = [...made, ...planned];
  const points = draws.map(({ setting, noise }) => ({ setting, noise, weights: weightsOf(noise) }));
  type Point = (typeof points)[number];
  const likeness = (a: Point, b: Point) => {
    const steps = Math.abs(Math.log(a.setting.steps / b.setting.steps));
    const bands = Math.abs((a.setting.band ?? 0) - (b.setting.band ?? 0));
    const noise = 1 - product(a.weights, b.weights);
    return Math.exp(-unlike.steps * steps - unlike.band * bands - unlike.noise * noise);
  };
  const values = draws.map(({ setting, direction }) => direction! - expected(setting));
  const process = gaussianProcess(points, values, (a, b) => variances.level + likeness(a, b), variances.rest);
  const misfit = values.reduce((sum, value, i) => sum + value * process.weights[i]!, 0);
  const ofNewNoise = 1 - Math.exp(-unlike.noise) + variances.rest;
  const variance = ((spreadWeight * spread ** 2) / ofNewNoise + misfit) / (spreadWeight + made.length);
  return {
    believe({ setting, noise }) {
      const { mean, sd } = process.believe({ setting, noise, weights: weightsOf(noise) });
      return { mean: mean + expected(setting), sd: Math.sqrt(variance) * sd };
    },
    ascent({ setting, noise }, apart) {
      const here = { setting, noise, weights: weightsOf(noise) };
      const slope = new Map<number, number>();
      // Draws that are only planned say nothing, and have noise of which the seed is not known yet.
      points.slice(0, made.length).forEach((point, i) => {
        add(slope, point.weights, process.weights[i]! * likeness(here, point));
      });
      const others: Weights[] = [];
      for (const noise of [here.weights, ...apart.map(weightsOf)]) {
        const other = new Map(noise);
        for (const before of others) removeFrom(other, before);
        removeFrom(slope, other);
        others.push(other);
      }
      const length = Math.sqrt(product(slope, slope));
      if (length < 1e-6) return undefined;
      return [...slope].map(([seed, weight]) => ({ seed, weight: weight / length }));
    },
  };
}

/** A sum of noises: weights by seed. */
type Weights = ReadonlyMap<number, number>;

function weightsOf(noise: DrawNoise): Weights {
  return new Map(noise.map(({ seed, weight }) => [seed, weight]));
}

function add(to: Map<number, number>, weights: Weights, share: number): void {
  for (const [seed, weight] of weights) to.set(seed, (to.get(seed) ?? 0) + share * weight);
}

/** Leaves what is at right angles to `other`. */
function removeFrom(weights: Map<number, number>, other: Weights): void {
  const square = product(other, other);
  if (square > 1e-12) add(weights, other, -product(weights, other) / square);
}

function product(a: Weights, b: Weights): number {
  let sum = 0;
  for (const [seed, weight] of a) sum += weight * (b.get(seed) ?? 0);
  return sum;
}
