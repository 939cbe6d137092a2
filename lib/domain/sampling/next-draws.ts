import type { RunConfig } from "../run-config";
import { chooseDraws, expectedRaise } from "./choose-draws";
import type { DrawOutcome } from "./draw-outcome";
import {
  type DrawCounts,
  type DrawDecision,
  type DrawRecord,
  planDraws,
  priceOf,
  priorOf,
} from "./draw-plan";
import type { SettingChoices } from "./draw-settings";
import type { Lessons } from "./lessons";

/** How a stage of a run samples. */
export interface SamplingRules extends Omit<RunConfig["sampling"], "mode"> {
  readonly mode: RunConfig["sampling"]["mode"];
  /** Pairs kept of one edit. */
  readonly keep: number;
  readonly maxDraws: number;
  /** Most draws in one batch. */
  readonly batch: number;
  readonly targetsPerSource: number;
}

/** What the stage has yielded before and beside the edit. */
export interface SamplingKnowledge {
  readonly stage: DrawCounts & { readonly kept: number; readonly finished: number };
  readonly type: DrawCounts;
  /** What finished edits of the type taught about settings. */
  readonly lessons: Lessons | null;
}

/** One edit as it stands. */
export interface EditDraws {
  readonly counts: DrawCounts;
  readonly outcomes: readonly DrawOutcome[];
  /** What its earlier draws were planned on. */
  readonly record: DrawRecord | null;
  /** Null where draws have no settings, as with an outside endpoint. */
  readonly choices: SettingChoices | null;
}

/** Whether an edit is drawn on, how often, and with which settings; the record says what that was decided on. */
export function nextDraws(
  rules: SamplingRules,
  { stage, type, lessons }: SamplingKnowledge,
  { counts, outcomes, record, choices }: EditDraws,
): { decision: DrawDecision; record: DrawRecord } {
  const { mode, keep, maxDraws, batch } = rules;
  const adaptive = mode === "adaptive";
  const prior = record?.prior ?? priorOf(type, stage);
  const price = adaptive ? priceOf(stage, rules.giveUpBelow) : 0;
  const varied = rules.learnSettings && rules.varyNoise;
  const known =
    adaptive && choices
      ? { choices: { ...choices, varied: varied && choices.varied }, lessons, outcomes, keep }
      : null;
  const wanted = keep * rules.passesPerKept;
  const enough = counts.passed >= wanted;
  const decision = planDraws({
    mode,
    prior,
    price,
    edit: counts,
    wanted,
    maxDraws,
    // With enough passed each is chosen by what those before it gave, so that fewer at once find more.
    batch: enough && known && rules.learnSettings ? Math.ceil(batch / 2) : batch,
    ...(enough && known && { raise: { expected: expectedRaise(known), least: rules.leastRaise } }),
  });
  const settings = [...(record?.settings ?? [])];
  if ("draw" in decision && known && rules.learnSettings) {
    const begun = Math.ceil(counts.drawn / rules.targetsPerSource);
    const needed = Math.ceil((counts.drawn + decision.draw) / rules.targetsPerSource) - begun;
    // Draws that were begun without settings go on without.
    if (settings.length >= begun) settings.push(...chooseDraws(known, needed));
  }
  return {
    decision,
    record: { mode, prior, price, settings, batches: record?.batches ?? [], stopped: null },
  };
}
