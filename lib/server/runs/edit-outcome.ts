import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { editTypeOf, stageOf, type WorkRow } from "./edit-work";
import { lockWork } from "./lock-stages";
import { addToYield } from "./run-yields";
import type { RunnableRun } from "./runnable-run";
import { settleRun } from "./settle-run";

/** Records that an edit got no images, so that the run can end and `retry` finds it. */
export async function recordEditFailure(
  { db, queue }: Studio,
  runId: string,
  editId: string,
  message: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await lockWork(tx, runId))) return;
    const [edit] = await tx.edit.updateManyAndReturn({
      where: { id: editId, state: "pending" },
      data: { state: "failed", error: message },
    });
    if (!edit) return;
    const stage = stageOf(edit);
    await tx.runStage.update({
      where: { runId_stage: { runId, stage } },
      data: { failed: { increment: 1 } },
    });
    await addToYield(tx, runId, stage, editTypeOf(edit), { finished: 1 });
    await settleRun(tx, queue, runId);
    await notify(tx, { topic: "runs", id: runId });
  });
}

/** Leaves an edit out with the reason; it counts as done. */
export async function skipEdit(
  { db, queue }: Studio,
  run: RunnableRun,
  edit: WorkRow,
  reason: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await lockWork(tx, run.id))) return;
    const { count } = await tx.edit.updateMany({
      where: { id: edit.id, state: "pending" },
      data: { state: "skipped", error: reason },
    });
    if (count === 0) return;
    const stage = stageOf(edit);
    await tx.runStage.update({
      where: { runId_stage: { runId: run.id, stage } },
      data: { done: { increment: 1 }, skipped: { increment: 1 } },
    });
    await addToYield(tx, run.id, stage, editTypeOf(edit), { finished: 1 });
    await settleRun(tx, queue, run.id);
    await notify(tx, { topic: "runs", id: run.id });
  });
}
