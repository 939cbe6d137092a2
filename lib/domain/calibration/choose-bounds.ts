import { effectiveSize, lowerBound } from "../statistics/proportion-bounds";
import type { Predictions } from "./reliability";

/** A threshold on the probability with what holds beyond it. */
export interface ChosenBound {
  /** Samples at this probability or beyond are decided by the model. */
  readonly at: number;
  /** Share of right decisions beyond it, as measured out of fold, and the bound below which it lies with little chance. */
  readonly precision: number;
  readonly precisionLow: number;
  readonly samples: number;
  /** Share of all samples that lie beyond it, by weight. */
  readonly share: number;
}

/** How many thresholds are tried. Each is held to a stricter confidence, so that trying many finds none by luck. */
export const thresholdsTried = 20;

/**
 * The lowest threshold above which at least `target` of the samples are right, with probability `confidence`: the
 * one-sided Clopper–Pearson bound at each of twenty thresholds, which take in equal shares of the samples, with
 * Bonferroni's correction for their number. Weighted samples count with Kish's effective size (Korn & Graubard
 * 1998). Null where no threshold can be shown to hold.
 * @param side `accept` looks at samples with high probabilities and counts approvals; `reject` the other way round
 */
export function chooseBound(
  predictions: Predictions,
  side: "accept" | "reject",
  target: number,
  confidence = 0.95,
): ChosenBound | null {
  const { probabilities, accepted, weights } = predictions;
  const certainty = (i: number) => (side === "accept" ? probabilities[i]! : 1 - probabilities[i]!);
  const right = (i: number) => (side === "accept" ? accepted[i]! : 1 - accepted[i]!);
  const order = Array.from({ length: probabilities.length }, (_, i) => i).sort(
    (a, b) => certainty(b) - certainty(a),
  );
  let allWeight = 0;
  for (const i of order) allWeight += weights[i]!;
  const strict = 1 - (1 - confidence) / thresholdsTried;
  let [weight, squares, good, taken] = [0, 0, 0, 0];
  let best: ChosenBound | null = null;
  for (let tried = 1; tried <= thresholdsTried; tried++) {
    const until = (tried / thresholdsTried) * allWeight - 1e-9;
    // Samples with the same probability stand or fall together.
    while (
      taken < order.length &&
      (weight < until || (taken > 0 && certainty(order[taken]!) === certainty(order[taken - 1]!)))
    ) {
      const i = order[taken++]!;
      weight += weights[i]!;
      squares += weights[i]! ** 2;
      good += weights[i]! * right(i);
    }
    if (taken === 0) continue;
    const precision = good / weight;
    const size = effectiveSize(weight, squares);
    const precisionLow = lowerBound(precision * size, size, strict);
    if (precisionLow < target) continue;
    const edge = certainty(order[taken - 1]!);
    best = {
      at: side === "accept" ? edge : 1 - edge,
      precision,
      precisionLow,
      samples: taken,
      share: weight / allWeight,
    };
  }
  return best;
}
