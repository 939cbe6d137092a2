import { stageOfEdit } from "@/lib/domain/edit-stage";
import type { EditType } from "@/lib/domain/edit-types";
import type { ImageStage } from "@/lib/domain/thresholds";
import type { ProposalResult } from "@/lib/stages/propose-edits";
import { requireStanding } from "../anchors/require-standing";
import type { Studio } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { enqueueEdits } from "./enqueue-pending";
import { lockWork } from "./lock-stages";
import { endOutages } from "./pause-for-outage";
import { addToYields, type YieldChange } from "./run-yields";
import type { RunnableRun } from "./runnable-run";
import { settleRun } from "./settle-run";

interface AnchorTask {
  anchorId: string;
  round: number;
  anchor: { originalSha: string };
}

/** Writes what Stage I made of one anchor, gives each edit its stage and enqueues it; one worker only can. */
export async function commitEdits(
  { db, queue }: Studio,
  run: RunnableRun,
  { anchorId, round, anchor }: AnchorTask,
  result: ProposalResult,
  elapsedMs: number,
): Promise<void> {
  const runId = run.id;
  await inTransaction(db, async (tx) => {
    await requireStanding(tx, anchorId);
    if (!(await lockWork(tx, runId))) return;
    const { count } = await tx.runAnchor.updateMany({
      where: { runId, anchorId, state: "pending", round },
      data: { state: "done", exhausted: result.edits.length === 0 },
    });
    if (count === 0) return;
    const from = await nextOrdinal(tx, runId, anchorId);
    const rows = result.edits.map((edit, i) => {
      const stage = stageOfEdit(run.config, {
        editType: edit.editType,
        key: `${anchor.originalSha}/${from + i}`,
      });
      return { edit, ordinal: from + i, stage };
    });
    const edits = await tx.edit.createManyAndReturn({
      data: rows.map(({ edit, ordinal, stage }) => ({
        projectId: run.projectId,
        runId,
        anchorId,
        ordinal,
        stage: stage ?? "freeForm",
        ...edit,
      })),
      select: { id: true },
    });
    await tx.instructionFailure.createMany({
      data: result.failures.map(({ reason, rawText }) => ({ runId, anchorId, reason, raw: rawText })),
    });
    await tx.runStage.update({
      where: { runId_stage: { runId, stage: "instructions" } },
      data: {
        done: { increment: 1 },
        produced: { increment: result.produced },
        kept: { increment: edits.length },
        busyMs: { increment: Math.round(elapsedMs) },
      },
    });
    for (const stage of ["freeForm", "region"] as const) {
      const types = rows.filter((row) => row.stage === stage).map(({ edit }) => edit.editType);
      await giveToStage(tx, runId, stage, types);
    }
    if (run.config.freeForm.enabled || run.config.region.enabled) {
      await enqueueEdits(
        tx,
        queue,
        runId,
        edits.map(({ id }) => id),
      );
    } else {
      // Without images, an edit is what the run is after.
      const done = { edits: 1, finished: 1, kept: 1 };
      await countTypes(
        tx,
        runId,
        "freeForm",
        rows.map(({ edit }) => edit.editType),
        done,
      );
    }
    await endOutages(tx, runId);
    await addToCounters(tx, run.projectId, { edits: edits.length });
    await settleRun(tx, queue, runId);
    await notify(tx, { topic: "runs", id: runId });
  });
}

/** The number of the next edit of an anchor within a run; the lock on the stages keeps two workers from taking the same. */
export async function nextOrdinal(tx: Transaction, runId: string, anchorId: string): Promise<number> {
  const { _max } = await tx.edit.aggregate({ where: { runId, anchorId }, _max: { ordinal: true } });
  return (_max.ordinal ?? -1) + 1;
}

/** Adds edits to the work of a stage; the stage begins with the first one. */
export async function giveToStage(
  tx: Transaction,
  runId: string,
  stage: ImageStage,
  types: readonly EditType[],
): Promise<void> {
  if (types.length === 0) return;
  await tx.runStage.upsert({
    where: { runId_stage: { runId, stage } },
    create: { runId, stage, total: types.length },
    update: { total: { increment: types.length } },
  });
  await countTypes(tx, runId, stage, types, { edits: 1 });
}

async function countTypes(
  tx: Transaction,
  runId: string,
  stage: ImageStage,
  types: readonly EditType[],
  each: YieldChange,
): Promise<void> {
  const changes = new Map<EditType, YieldChange>();
  for (const type of new Set(types)) {
    const count = types.filter((other) => other === type).length;
    changes.set(type, Object.fromEntries(Object.entries(each).map(([name, value]) => [name, value * count])));
  }
  await addToYields(tx, runId, stage, changes);
}
