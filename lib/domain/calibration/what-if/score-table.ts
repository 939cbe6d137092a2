/** A score of many rows in 16 bits: 0 is missing, 1 to 65535 are even steps from `min` to `max`. */
export interface ScoreColumn {
  readonly score: string;
  readonly min: number;
  readonly max: number;
  readonly values: Uint16Array;
}

/** Scores of many candidates or samples, column by column. */
export interface ScoreTable {
  readonly rows: number;
  readonly columns: readonly ScoreColumn[];
}

const steps = 65_534;

/** The step of a value. Never swaps the order of two values; values less than a 65534th of the range apart may meet. */
export function quantise(value: number, min: number, max: number): number {
  if (Number.isNaN(value)) return 0;
  if (max <= min) return 1;
  return 1 + Math.round((Math.min(max, Math.max(min, value)) - min) * (steps / (max - min)));
}

/** The value in the middle of a step. */
export function stepValue(step: number, { min, max }: Pick<ScoreColumn, "min" | "max">): number {
  return max > min ? min + ((step - 1) * (max - min)) / steps : min;
}

/** @param values NaN where missing */
export function scoreColumn(score: string, values: Float32Array): ScoreColumn {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) min = max = 0;
  const quantised = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) quantised[i] = quantise(values[i]!, min, max);
  return { score, min, max, values: quantised };
}

/** How the values of a column are spread: counts of equal steps from `min` to `max`. */
export function histogram({ values }: ScoreColumn, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  for (let i = 0; i < values.length; i++) {
    const step = values[i]!;
    if (step > 0) counts[Math.min(bins - 1, Math.floor(((step - 1) * bins) / (steps + 1)))]!++;
  }
  return counts;
}
