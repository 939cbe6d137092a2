import { UserError } from "@/lib/domain/errors";
import { isOutage } from "@/lib/domain/outage";
import { brokenThresholds } from "@/lib/domain/selection";
import { judgePair } from "@/lib/generators/judge-pair";
import { judgeRubric, judgeRubricHash } from "@/lib/generators/judge-rubric";
import { moderateImage } from "@/lib/generators/moderate-image";
import { type AnyPair, isFromEndpoint } from "@/lib/stages/any-pair";
import type { Studio } from "../context";
import { pacedBy } from "../paced";
import { boundsOf, stageOf, type WorkRow } from "../runs/edit-work";
import type { RunnableRun } from "../runs/runnable-run";
import { runPurse } from "../runs/spending";

/** Scores that come from other servers, after all the others. */
const servedScores = ["unsafe", "judgeFollows", "judgeKeeps", "judgeQuality"];

/**
 * Adds what a moderation endpoint and a judge say to the scores of pairs that were just drawn. By default only of those
 * that break no other bound. What a server cannot say stays missing.
 */
export async function judgeBatch(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  pairs: readonly AnyPair[],
  signal: AbortSignal,
): Promise<void> {
  const { judge } = run.config;
  if (!judge && !studio.endpoints.moderation) return;
  const others = Object.fromEntries(
    Object.entries(boundsOf(run, edit)).filter(([score]) => !servedScores.includes(score)),
  );
  const passes = (pair: AnyPair) => brokenThresholds(pair.scores, others).length === 0;
  await Promise.all(
    pairs.map(async (pair) => {
      if (passes(pair)) await moderate(studio, pair, signal);
      if (judge && (!judge.onlyPassing || passes(pair))) await judgeOne(studio, run, edit, pair, signal);
    }),
  );
}

async function moderate({ endpoints }: Studio, pair: AnyPair, signal: AbortSignal): Promise<void> {
  const { moderation } = endpoints;
  // The pack's own classifier has said it already.
  if (!moderation || pair.scores.unsafe !== undefined) return;
  const answer = await unlessPaid(pair, () =>
    moderateImage(moderation, moderation.model, pair.target, { signal }),
  );
  if (answer && "unsafe" in answer) pair.scores = { ...pair.scores, unsafe: answer.unsafe };
}

async function judgeOne(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  pair: AnyPair,
  signal: AbortSignal,
): Promise<void> {
  const settings = run.config.judge;
  const endpoint = studio.endpoints.judge;
  if (!settings) return;
  const without = (problem: string) => {
    pair.judgement = {
      model: settings.model,
      rubric: judgeRubric.id,
      rubricHash: judgeRubricHash,
      instruction: edit.instruction,
      raw: "",
      scores: null,
      problem,
      costMicros: 0,
    };
  };
  if (!endpoint) {
    throw new UserError(
      "unavailable",
      "The run asks for a judge; set PENTIMENTO_JUDGE_URL and start the worker again.",
      "PENTIMENTO_JUDGE_URL",
    );
  }
  const purse = runPurse(studio, run, stageOf(edit));
  const reserved = Math.round(1e6 * settings.price.perRequest);
  if (!(await purse.reserve(reserved))) return without("The run's spending limit was reached.");
  let spent = 0;
  try {
    await pacedBy(studio, endpoint, settings.model, settings.requestsPerMinute)(signal);
    const { instruction } = edit;
    const { source, target } = pair;
    const judgement = await unlessPaid(pair, () =>
      judgePair(endpoint, settings, { instruction, source, target }, { signal }),
    );
    if (!judgement) return without("The judge could not be reached.");
    spent = judgement.costMicros;
    pair.judgement = judgement;
    if (judgement.scores) pair.scores = { ...pair.scores, ...judgement.scores };
  } finally {
    await purse.settle(reserved, spent);
  }
}

/** A server that is down stops the run until it is back; but a picture that was paid for is kept, without the score. */
async function unlessPaid<T>(pair: AnyPair, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isFromEndpoint(pair) && isOutage(error)) return null;
    throw error;
  }
}
