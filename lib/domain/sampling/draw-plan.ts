import { z } from "zod";
import { chosenDrawSchema } from "./draw-settings";

/**
 * How many candidates of an edit to draw. Drawing is a one-armed bandit: a draw costs UNet evaluations that other edits
 * could use, and gains a pair with the edit's own, unknown pass rate. The rate has a Beta prior from what the run has
 * seen of the edit's type; the posterior after each draw says whether to go on, by dynamic programming over the draws
 * that are left (Berry and Fristedt 1985, ch. 5: one unknown arm against a known one). Nothing here is random: the same
 * counts give the same plan.
 */

export const stopReasons = ["enough", "limit", "unlikely", "failed"] as const;
export type StopReason = (typeof stopReasons)[number];

/** What an edit's draws were planned on and why they ended; kept with the edit. */
export const drawRecordSchema = z.object({
  mode: z.enum(["adaptive", "fixed"]),
  /** Beta prior of the edit's pass rate when its first draw was planned. */
  prior: z.object({ alpha: z.number(), beta: z.number() }),
  /** Passing candidates that a draw spent elsewhere would have gained, when the last batch was planned. */
  price: z.number(),
  /** Settings and noises that were chosen, by source in the order of the draws; empty where they were drawn at random. */
  settings: z.array(chosenDrawSchema).default([]),
  /** Sizes of the batches. */
  batches: z.array(z.int()),
  stopped: z.enum(stopReasons).nullable(),
});
export type DrawRecord = z.infer<typeof drawRecordSchema>;

/** Counts of draws and of those that passed. */
export interface DrawCounts {
  readonly drawn: number;
  readonly passed: number;
}

export interface BetaPrior {
  readonly alpha: number;
  readonly beta: number;
}

/** Draws that the run's rate is worth when it says what to expect of a type. */
const typeWeight = 10;
/** Draws that the prior of one edit is worth: edits of one type differ widely, so their own draws soon outweigh it. */
const editWeight = 2;
/** Finished edits of the stage before the run's yield is believed. */
export const warmUpEdits = 8;

/**
 * The prior of an edit's pass rate: the type's rate, drawn towards the stage's where the type has few draws, drawn
 * towards one half where the stage has few.
 */
export function priorOf(type: DrawCounts, stage: DrawCounts): BetaPrior {
  const stageRate = (stage.passed + 1) / (stage.drawn + 2);
  const rate = (type.passed + typeWeight * stageRate) / (type.drawn + typeWeight);
  return { alpha: editWeight * rate, beta: editWeight * (1 - rate) };
}

/**
 * What a draw costs, in passing candidates that it would gain elsewhere: the stage's kept candidates per draw so far
 * (UNet evaluations a draw are alike within a stage), times `giveUpBelow`. Nothing while the stage warms up.
 */
export function priceOf(
  stage: { readonly drawn: number; readonly kept: number; readonly finished: number },
  giveUpBelow: number,
): number {
  if (stage.finished < warmUpEdits || stage.drawn === 0) return 0;
  return (giveUpBelow * stage.kept) / stage.drawn;
}

export interface DrawSituation {
  readonly mode: "adaptive" | "fixed";
  readonly prior: BetaPrior;
  /** From `priceOf`. */
  readonly price: number;
  /** This edit's draws so far. */
  readonly edit: DrawCounts;
  /** Passing candidates wanted. */
  readonly wanted: number;
  readonly maxDraws: number;
  /** Most draws in one batch. */
  readonly batch: number;
  /**
   * Once enough have passed: by how much one more draw is expected to raise the direction of the kept pairs, and the
   * least that is worth a draw. Left out, drawing ends with enough.
   */
  readonly raise?: { readonly expected: number; readonly least: number };
}

export type DrawDecision =
  | { readonly draw: number }
  | { readonly stop: Extract<StopReason, "enough" | "limit" | "unlikely"> };

/**
 * Whether to draw on, and how many at once: as many as are expected to bring what is missing, so that a type that
 * mostly passes wastes no draws on a full batch.
 */
export function planDraws(situation: DrawSituation): DrawDecision {
  const { mode, prior, price, edit, wanted, maxDraws, batch, raise } = situation;
  const left = maxDraws - edit.drawn;
  if (left <= 0) return { stop: "limit" };
  if (mode === "fixed") return { draw: Math.min(batch, left) };
  const missing = wanted - edit.passed;
  if (missing <= 0) {
    const worth = raise ? Math.floor(raise.expected / raise.least) : 0;
    return worth < 1 ? { stop: "enough" } : { draw: Math.min(batch, left, worth) };
  }
  if (price > 0 && expectedGain(situation) <= 0) return { stop: "unlikely" };
  const rate = (prior.alpha + edit.passed) / (prior.alpha + prior.beta + edit.drawn);
  return { draw: Math.min(batch, left, Math.max(1, Math.ceil(missing / rate - 1e-9))) };
}

/**
 * Expected passing candidates, less the price of the draws, if the edit is drawn on as long as that pays: 0 where it
 * does not pay at all. V(s,f) = max(0, −price + p·(1 + V(s+1,f)) + (1−p)·V(s,f+1)) with p the posterior mean after
 * s passes and f failures, and V = 0 once enough have passed or no draw is left.
 */
export function expectedGain({
  prior,
  price,
  edit,
  wanted,
  maxDraws,
}: Pick<DrawSituation, "prior" | "price" | "edit" | "wanted" | "maxDraws">): number {
  const missing = wanted - edit.passed;
  const left = maxDraws - edit.drawn;
  if (missing <= 0 || left <= 0) return 0;
  // values[s] is V after s more passes, at the number of draws that the outer loop is at; it starts with none left.
  let values = new Float64Array(missing + 1);
  for (let made = left - 1; made >= 0; made--) {
    const next = new Float64Array(missing + 1);
    for (let passes = 0; passes < missing && passes <= made; passes++) {
      const rate = (prior.alpha + edit.passed + passes) / (prior.alpha + prior.beta + edit.drawn + made);
      next[passes] = Math.max(0, -price + rate * (1 + values[passes + 1]!) + (1 - rate) * values[passes]!);
    }
    values = next;
  }
  return values[0]!;
}
