import { uncertaintyOf } from "@/lib/domain/review/uncertainty";
import type { Lessons } from "@/lib/domain/sampling/lessons";
import type { Scores } from "@/lib/domain/scores";
import { keepBest, quotaMet } from "@/lib/domain/selection";
import { routeNewSamples } from "../calibration/route-samples";
import { addToCounters } from "../counters";
import { keepEmbeddings } from "../curate/write-embeddings";
import type { Transaction } from "../database/client";
import { notify } from "../events/notify";
import type { Queue } from "../queue/queue";
import { scoresOf } from "../samples/scores-of";
import { boundsOf, editTypeOf, stageOf, type WorkRow } from "./edit-work";
import { quotaOf } from "./quota";
import { addLesson, addToYield } from "./run-yields";
import type { RunnableRun } from "./runnable-run";
import { settleRun } from "./settle-run";

/**
 * Ends the drawing of an edit, in the transaction of its last batch and after `lockStages`: keeps the best of what
 * passed as samples, no more than the run's quota has room for, and says of the others why they are not kept.
 * @param lesson what the edit's draws teach about settings
 * @returns false if another worker ended it
 */
export async function finishEdit(
  tx: Transaction,
  queue: Queue,
  run: RunnableRun,
  edit: WorkRow,
  lesson: Lessons | null,
): Promise<boolean> {
  const { count } = await tx.edit.updateMany({
    where: { id: edit.id, state: "pending" },
    data: { state: "done", error: null },
  });
  if (count === 0) return false;
  const stage = stageOf(edit);
  const { keep } = run.config[stage];
  const room = await roomInQuota(tx, run, edit);
  const keepAtLeast = stage === "region" ? run.config.region.keepAtLeast : 1;
  const passing = await tx.candidate.findMany({
    where: { editId: edit.id, failures: { isEmpty: true } },
    orderBy: { draw: "asc" },
    select: { id: true, scores: true, recipe: true },
  });
  const best = keepBest(
    passing.map(({ scores, recipe }) => ({
      scores: scoresOf(scores) as Scores,
      // A seed is shared by a lineage, or by the targets of one source, which may all be kept.
      lineage: run.config[stage].targetsPerSource === 1 ? (recipe as { seed?: number }).seed : undefined,
    })),
    Math.min(keep, Math.max(room, 1)),
    keepAtLeast,
  );
  // Another edit of the type may have filled the quota while this one was drawn.
  const verdicts = room > 0 ? best : best.map((verdict) => verdict ?? quotaMet);
  const kept = passing.filter((_, i) => verdicts[i] === null);
  await tx.candidate.updateMany({
    where: { id: { in: kept.map(({ id }) => id) } },
    data: { selected: true },
  });
  for (const reason of new Set(verdicts.filter((verdict) => verdict !== null))) {
    const ids = passing.filter((_, i) => verdicts[i] === reason).map(({ id }) => id);
    await tx.candidate.updateMany({ where: { id: { in: ids } }, data: { failures: [reason] } });
  }
  await tx.sample.createMany({
    data: kept.map(({ id, scores }) => ({
      projectId: run.projectId,
      runId: run.id,
      candidateId: id,
      policyId: run.policyId,
      editType: edit.editType,
      instruction: edit.instruction,
      sourceCaption: edit.sourceCaption,
      targetCaption: edit.targetCaption,
      uncertainty: uncertaintyOf(scoresOf(scores), boundsOf(run, edit)),
    })),
  });
  await keepEmbeddings(tx, edit.id);
  await routeNewSamples(
    tx,
    run.projectId,
    kept.map(({ id }) => id),
  );
  await tx.runStage.update({
    where: { runId_stage: { runId: run.id, stage } },
    data: { done: { increment: 1 }, kept: { increment: kept.length } },
  });
  await addToYield(tx, run.id, stage, editTypeOf(edit), {
    finished: 1,
    kept: kept.length,
    fruitful: kept.length > 0 ? 1 : 0,
  });
  if (lesson) await addLesson(tx, run.id, stage, editTypeOf(edit), lesson);
  await addToCounters(tx, run.projectId, { "samples.pending": kept.length });
  await settleRun(tx, queue, run.id);
  if (kept.length > 0) await notify(tx, { topic: "samples" });
  return true;
}

/** Samples that the run still wants of the edit's type. Who asks for an edit again wants its samples all the same. */
async function roomInQuota(tx: Transaction, run: RunnableRun, edit: WorkRow): Promise<number> {
  const quota = edit.parentId ? null : await quotaOf(tx, run, edit);
  return quota ? Math.max(0, quota.wanted - quota.kept) : Number.POSITIVE_INFINITY;
}
