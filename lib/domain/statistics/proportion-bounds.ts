import { betaQuantile, normalQuantile } from "./beta";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * One-sided lower Clopper–Pearson bound of a proportion: with probability `confidence` or more it lies below the
 * truth. `trials` need not be whole: with an effective sample size this is the bound of Korn & Graubard (1998).
 */
export function lowerBound(successes: number, trials: number, confidence: number): number {
  if (trials <= 0 || successes <= 0) return 0;
  return betaQuantile(1 - confidence, successes, Math.max(trials - successes, 0) + 1);
}

/** Two-sided Clopper–Pearson interval (Clopper & Pearson 1934). */
export function exactInterval(successes: number, trials: number, confidence = 0.95): Interval {
  if (trials <= 0) return { low: 0, high: 1 };
  const side = 1 - (1 - confidence) / 2;
  return {
    low: lowerBound(successes, trials, side),
    high: 1 - lowerBound(trials - successes, trials, side),
  };
}

/** Two-sided Wilson score interval (Wilson 1927). */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  if (trials <= 0) return { low: 0, high: 1 };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const p = successes / trials;
  const centre = p + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/** Effective sample size of weighted observations, (Σw)² / Σw² (Kish 1965). */
export function effectiveSize(sum: number, sumOfSquares: number): number {
  return sumOfSquares > 0 ? (sum * sum) / sumOfSquares : 0;
}
