import type { Thresholds } from "./run-config";
import type { Scores } from "./scores";

/**
 * The bounds that a candidate breaks, as `score:min` or `score:max`. A bound on a score that is missing is
 * broken too: nothing passes unmeasured.
 */
export function brokenThresholds(scores: Scores, thresholds: Thresholds): string[] {
  return Object.entries(thresholds).flatMap(([id, bound]) => {
    const value = (scores as Record<string, number | undefined>)[id];
    if (value === undefined)
      return bound.min === undefined && bound.max === undefined ? [] : [`${id}:missing`];
    if (bound.min !== undefined && value < bound.min) return [`${id}:min`];
    if (bound.max !== undefined && value > bound.max) return [`${id}:max`];
    return [];
  });
}

/** Put on candidates that pass but are not among the best that are kept. */
export const notAmongBest = "not-among-best";

/** Put on candidates that pass where too few of their edit do. */
export const tooFewPassed = "too-few-passed";

/** Put on candidates that pass when the run has all it wants of their edit type. */
export const quotaMet = "quota-met";

/** Whether a candidate kept every bound, although it may not have been kept itself. */
export function passedBounds(failures: readonly string[]): boolean {
  return failures.every((failure) => [notAmongBest, tooFewPassed, quotaMet].includes(failure));
}

/** A candidate that breaks no bound. */
export interface Passing {
  readonly scores: Scores;
  /** What draws that began with one noise have in common; absent where none takes up another's. */
  readonly lineage?: number | undefined;
}

/**
 * Which of an edit's passing candidates are kept: the `keep` best by CLIP direction (UltraEdit §2.3 sorts by it), one
 * of a lineage; none if there are fewer than `keepAtLeast`. Null for those that are, else the reason.
 */
export function keepBest(
  passing: readonly Passing[],
  keep: number,
  keepAtLeast = 1,
): (typeof notAmongBest | typeof tooFewPassed | null)[] {
  const order = passing.map((_, index) => index);
  const direction = (index: number) => passing[index]!.scores.clipDirection ?? -1;
  order.sort((a, b) => direction(b) - direction(a));
  const taken = new Set<number>();
  const leads = order.filter((index) => {
    const { lineage } = passing[index]!;
    if (lineage === undefined) return true;
    return !taken.has(lineage) && taken.add(lineage);
  });
  if (leads.length < keepAtLeast) return passing.map(() => tooFewPassed);
  const best = new Set(leads.slice(0, keep));
  return passing.map((_, index) => (best.has(index) ? null : notAmongBest));
}
