import { scoreDefinition } from "../scores";

interface Bound {
  min?: number | undefined;
  max?: number | undefined;
}

/**
 * How close a candidate is to the border of what is kept: the smallest distance of a score to a bound on it, as a
 * share of the score's possible range, in [0,1]. Small means that the scores say little, so that a person's word
 * is worth most there. Null where no score with a bound was measured.
 * @param bounds the bounds that hold for this candidate, by score
 */
export function uncertaintyOf(
  scores: Readonly<Record<string, number>>,
  bounds: Readonly<Record<string, Bound>>,
): number | null {
  const distances = Object.entries(bounds).flatMap(([id, { min, max }]) => {
    const value = scores[id];
    const range = scoreDefinition(id)?.range;
    if (value === undefined || !range) return [];
    const width = range[1] - range[0];
    return [min, max].flatMap((limit) => (limit === undefined ? [] : [Math.abs(value - limit) / width]));
  });
  return distances.length === 0 ? null : Math.min(1, ...distances);
}
