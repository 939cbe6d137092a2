import { z } from "zod";
import { effectiveSize, lowerBound } from "../statistics/proportion-bounds";
import type { Predictions } from "./reliability";

/** How many thresholds are tried. Each is held to a stricter confidence, so that trying many finds none by luck. */
export const thresholdsTried = 20;

/** A threshold on the probability with what was measured beyond it, out of fold. */
export const thresholdRowSchema = z.object({
  /** Samples at this probability or beyond (above for accepting, below for rejecting) are decided by the model. */
  at: z.number(),
  /** Share of right decisions among them. */
  precision: z.number(),
  samples: z.int(),
  /** Kish's effective number of them. */
  size: z.number(),
  /** Their share of all samples, by weight. */
  share: z.number(),
});
export type ThresholdRow = z.infer<typeof thresholdRowSchema>;

export interface ChosenBound extends ThresholdRow {
  /** The precision lies below this with a chance of at most 1 − confidence, for all thresholds together. */
  readonly precisionLow: number;
}

/**
 * The thresholds that are tried: each takes in a further twentieth of the samples, the most certain first, so they do
 * not depend on what people decided. Samples with the same probability stand or fall together.
 * @param side `accept` looks at samples with high probabilities and counts approvals; `reject` the other way round
 */
export function thresholdTable(predictions: Predictions, side: "accept" | "reject"): ThresholdRow[] {
  const { probabilities, accepted, weights } = predictions;
  const certainty = (i: number) => (side === "accept" ? probabilities[i]! : 1 - probabilities[i]!);
  const order = Array.from({ length: probabilities.length }, (_, i) => i).sort(
    (a, b) => certainty(b) - certainty(a),
  );
  let allWeight = 0;
  for (const i of order) allWeight += weights[i]!;
  let [weight, squares, good, taken] = [0, 0, 0, 0];
  const rows: ThresholdRow[] = [];
  for (let tried = 1; tried <= thresholdsTried; tried++) {
    const until = (tried / thresholdsTried) * allWeight - 1e-9;
    const before = taken;
    while (
      taken < order.length &&
      (weight < until || (taken > 0 && certainty(order[taken]!) === certainty(order[taken - 1]!)))
    ) {
      const i = order[taken++]!;
      weight += weights[i]!;
      squares += weights[i]! ** 2;
      good += weights[i]! * (side === "accept" ? accepted[i]! : 1 - accepted[i]!);
    }
    if (taken === before) continue;
    rows.push({
      at: probabilities[order[taken - 1]!]!,
      precision: good / weight,
      samples: taken,
      size: effectiveSize(weight, squares),
      share: weight / allWeight,
    });
  }
  return rows;
}

/**
 * The threshold that leaves least to people while at least `target` of its decisions are right, with probability
 * `confidence`: its one-sided Clopper–Pearson bound, with Bonferroni's correction for the thresholds tried, reaches
 * the target. Weighted samples count with their effective size (Korn & Graubard 1998). Null where none can be shown.
 */
export function chooseBound(
  table: readonly ThresholdRow[],
  target: number,
  confidence = 0.95,
): ChosenBound | null {
  const strict = 1 - (1 - confidence) / thresholdsTried;
  const bounded = table.map((row) => ({
    ...row,
    precisionLow: lowerBound(row.precision * row.size, row.size, strict),
  }));
  return bounded.findLast(({ precisionLow }) => precisionLow >= target) ?? null;
}
