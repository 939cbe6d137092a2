import { studentQuantile } from "../statistics/beta";

/** A coefficient of agreement with how sure it is. */
export interface Coefficient {
  readonly value: number;
  /** Standard error where a formula gives it; null where the interval is from a bootstrap. */
  readonly error: number | null;
  readonly low: number;
  readonly high: number;
}

/** The interval of a coefficient from its standard error: Student's t with items − 1 degrees of freedom (Gwet 2014). */
export function withError(value: number, variance: number, items: number, confidence: number): Coefficient {
  const error = Math.sqrt(Math.max(0, variance));
  const reach =
    items > 1 ? studentQuantile(1 - (1 - confidence) / 2, items - 1) * error : Number.POSITIVE_INFINITY;
  return { value, error, low: Math.max(-1, value - reach), high: Math.min(1, value + reach) };
}

/** Σ (x − mean)² / (n(n−1)): the variance of a coefficient from each item's share of it, by linearisation. */
export function linearisedVariance(shares: readonly number[], mean: number): number {
  const n = shares.length;
  if (n < 2) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const share of shares) sum += (share - mean) ** 2;
  return sum / (n * (n - 1));
}
