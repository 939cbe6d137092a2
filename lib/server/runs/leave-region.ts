import type { RegionRecord } from "@/lib/domain/region-record";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { editTypeOf, type WorkRow } from "./edit-work";
import { lockWork } from "./lock-stages";
import { addToYield } from "./run-yields";
import type { RunnableRun } from "./runnable-run";
import { settleRun } from "./settle-run";

/**
 * What becomes of an edit without a usable region, by the run's rule: Stage II draws it freely, or it is left out. A
 * mask that a person drew empty is left out: somebody has looked.
 * @returns the stage that goes on with it; null if none does
 */
export async function leaveRegion(
  studio: Studio,
  run: RunnableRun,
  edit: WorkRow,
  record: RegionRecord,
): Promise<"freeForm" | null> {
  const reason = record.problem?.reason ?? "There is no region.";
  const freely =
    run.config.region.withoutObject === "free-form" &&
    run.config.freeForm.enabled &&
    record.origin !== "human";
  const left = await inTransaction(studio.db, async (tx) => {
    if (!(await lockWork(tx, run.id))) return false;
    const { count } = await tx.edit.updateMany({
      where: { id: edit.id, state: "pending", stage: "region" },
      data: freely ? { stage: "freeForm" } : { state: "skipped", error: reason },
    });
    if (count === 0) return false;
    await tx.runStage.update({
      where: { runId_stage: { runId: run.id, stage: "region" } },
      data: { done: { increment: 1 }, skipped: { increment: 1 } },
    });
    const editType = editTypeOf(edit);
    await addToYield(tx, run.id, "region", editType, { finished: 1 });
    if (freely) {
      await tx.runStage.update({
        where: { runId_stage: { runId: run.id, stage: "freeForm" } },
        data: { total: { increment: 1 } },
      });
      await addToYield(tx, run.id, "freeForm", editType, { edits: 1 });
    } else await settleRun(tx, studio.queue, run.id);
    await notify(tx, { topic: "runs", id: run.id });
    return true;
  });
  return left && freely ? "freeForm" : null;
}
