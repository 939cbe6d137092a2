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

/**
 * Which candidates of one edit are kept: of those that break no bound the `keep` best by CLIP direction
 * (UltraEdit §2.3 sorts by it), with the reasons why the others are not.
 */
export function selectCandidates(
  candidates: readonly Scores[],
  thresholds: Thresholds,
  keep: number,
): { selected: boolean; failures: string[] }[] {
  const failures = candidates.map((scores) => brokenThresholds(scores, thresholds));
  const passing = candidates.flatMap((scores, index) =>
    failures[index]!.length === 0 ? [{ scores, index }] : [],
  );
  passing.sort((a, b) => (b.scores.clipDirection ?? -1) - (a.scores.clipDirection ?? -1));
  const best = new Set(passing.slice(0, keep).map(({ index }) => index));
  return failures.map((broken, index) => ({
    selected: best.has(index),
    failures: broken.length === 0 && !best.has(index) ? [notAmongBest] : broken,
  }));
}
