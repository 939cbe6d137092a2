import { randomSource } from "@/lib/storybook/random";

/** A number with its 95 % confidence interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

const resamples = 2000;

/**
 * Percentile bootstrap (Efron and Tibshirani 1993, ch. 13) over whole groups, here edits: draws of one edit are alike, so
 * single draws must not count as independent.
 */
export function bootstrap<G>(groups: readonly G[], statistic: (groups: readonly G[]) => number): Estimate {
  const value = statistic(groups);
  const random = randomSource(1);
  const values: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const drawn = groups.map(() => groups[random.int(groups.length)]!);
    const resampled = statistic(drawn);
    if (Number.isFinite(resampled)) values.push(resampled);
  }
  values.sort((a, b) => a - b);
  const at = (share: number) =>
    values[Math.min(values.length - 1, Math.max(0, Math.round(share * (values.length - 1))))] ?? Number.NaN;
  return { value, low: at(0.025), high: at(0.975) };
}

/**
 * Jackknife over whole groups with a normal interval (Efron and Tibshirani 1993, ch. 11): for measures of diversity, which
 * the bootstrap's repeated groups would make too small.
 */
export function jackknife<G>(groups: readonly G[], statistic: (groups: readonly G[]) => number): Estimate {
  const n = groups.length;
  const value = statistic(groups);
  const without = groups.map((_, i) => statistic(groups.filter((_, j) => j !== i)));
  const centre = mean(without);
  const spread = Math.sqrt(((n - 1) / n) * without.reduce((sum, part) => sum + (part - centre) ** 2, 0));
  return { value, low: value - 1.96 * spread, high: value + 1.96 * spread };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
