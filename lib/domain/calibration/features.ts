import type { Rows } from "./logistic";

/** One score of an acceptance model: how it is standardised, and whether its absence is a feature of its own. */
export interface Feature {
  readonly score: string;
  readonly mean: number;
  /** Standard deviation (of the population); 1 for a score that never varies. */
  readonly deviation: number;
  /** Some samples lack it: a second column is 1 for them, and the first is 0, the mean. */
  readonly mayBeMissing: boolean;
}

type ScoreRecord = Readonly<Record<string, number>>;

/** The scores that a model can use, standardised over the samples that have them. Scores that nobody has are left out. */
export function describeFeatures(samples: readonly ScoreRecord[], scores: readonly string[]): Feature[] {
  return scores.flatMap((score) => {
    const values = samples.map((sample) => sample[score]).filter((value) => value !== undefined);
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const deviation = Math.sqrt(variance);
    return [
      {
        score,
        mean,
        deviation: deviation > 1e-12 ? deviation : 1,
        mayBeMissing: values.length < samples.length,
      },
    ];
  });
}

/** The names of the columns that `featureRow` fills. */
export function featureColumns(features: readonly Feature[]): string[] {
  return features.flatMap(({ score, mayBeMissing }) =>
    mayBeMissing ? [score, `${score} missing`] : [score],
  );
}

/** A sample's scores as a row of the model: standardised, 0 where missing. */
export function featureRow(features: readonly Feature[], scores: ScoreRecord): Float64Array {
  const row: number[] = [];
  for (const { score, mean, deviation, mayBeMissing } of features) {
    const value = scores[score];
    row.push(value === undefined ? 0 : (value - mean) / deviation);
    if (mayBeMissing) row.push(value === undefined ? 1 : 0);
  }
  return Float64Array.from(row);
}

export function featureRows(features: readonly Feature[], samples: readonly ScoreRecord[]): Rows {
  return samples.map((scores) => featureRow(features, scores));
}
