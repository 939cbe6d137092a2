import { deriveUnit } from "../derive-seed";
import { fitLogistic, type LogisticFit, probability, type Rows } from "./logistic";
import { logLoss } from "./reliability";

/** Penalties tried, weakest first; scikit-learn's C is one over them. */
export const penalties = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300] as const;

export interface CrossValidation {
  readonly lambda: number;
  /** Out-of-fold log loss of each penalty. */
  readonly losses: readonly { readonly lambda: number; readonly logLoss: number }[];
  /** What models that did not see a row say of it, at the chosen penalty. */
  readonly probabilities: Float64Array;
}

/** The fold of each row. Rows of one group (samples of one anchor) are alike, so they stay together. */
export function foldsOf(groups: readonly string[], folds: number): number[] {
  return groups.map((group) => Math.floor(deriveUnit("fold", group) * folds));
}

/** Chooses the penalty with the smallest out-of-fold log loss. */
export function crossValidate(
  rows: Rows,
  accepted: readonly number[],
  weights: readonly number[],
  folds: readonly number[],
): CrossValidation {
  const numbers = [...new Set(folds)].sort((a, b) => a - b);
  const parts = numbers.map((fold) => {
    const inside = rows.flatMap((_, i) => (folds[i] === fold ? [] : [i]));
    return {
      held: rows.flatMap((_, i) => (folds[i] === fold ? [i] : [])),
      rows: inside.map((i) => rows[i]!),
      accepted: inside.map((i) => accepted[i]!),
      weights: inside.map((i) => weights[i]!),
    };
  });
  const starts: (LogisticFit | undefined)[] = parts.map(() => undefined);
  const tried = [...penalties].reverse().map((lambda) => {
    const probabilities = new Float64Array(rows.length);
    for (const [index, part] of parts.entries()) {
      // The last penalty's answer is near the next one's.
      const fit = fitLogistic(part.rows, part.accepted, part.weights, lambda, starts[index]);
      starts[index] = fit;
      for (const i of part.held) probabilities[i] = probability(fit, rows[i]!);
    }
    return { lambda, probabilities, logLoss: logLoss({ probabilities, accepted, weights }) };
  });
  const best = tried.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
  return {
    lambda: best.lambda,
    probabilities: best.probabilities,
    losses: tried.map(({ lambda, logLoss }) => ({ lambda, logLoss })).reverse(),
  };
}
