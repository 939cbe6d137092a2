import { type BulkView, bulkLimit } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility, type Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { bulkTimeoutMs } from "./apply-bulk";
import { lockBulk } from "./bulk-work";
import { inBlocks } from "./in-blocks";
import { requireBulk } from "./list-bulks";
import { undoBlock } from "./undo-block";

/**
 * Takes an action on many samples back as one, one that is still under way included. Decisions that people made since
 * stand; a policy is retired, so that it decides on nothing more. What changed more samples than can be chosen one by one
 * is taken back by a worker.
 */
export async function undoBulk(context: Context, { id }: { id: string }): Promise<BulkView> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  await inTransaction(
    studio.db,
    async (tx) => {
      const { count } = await tx.bulkAction.updateMany({
        where: { id, projectId: caller.projectId, undoneAt: null },
        data: { undoneAt: new Date(), undoneById: caller.memberId, cursor: null, message: null },
      });
      if (count === 0) {
        await requireBulk(context, id);
        throw new UserError("conflict", "This action was taken back already.", "id");
      }
      const bulk = await tx.bulkAction.findUniqueOrThrow({ where: { id } });
      if (bulk.kind === "policy") {
        await tx.selectionPolicy.updateMany({
          where: { id: bulk.policyId!, retiredAt: null },
          data: { retiredAt: new Date() },
        });
      }
      if (bulk.kind === "policy" || bulk.changed > bulkLimit) {
        await tx.bulkAction.update({ where: { id }, data: { state: "running" } });
        await studio.queue.send(tx, "undo-bulk", { bulkId: id });
      } else {
        while ((await undoBlock(tx, await lockBulk(tx, id))) > 0);
        await tx.bulkAction.update({ where: { id }, data: { state: "succeeded", finishedAt: new Date() } });
      }
      await notify(tx, { topic: "samples" });
    },
    { timeoutMs: bulkTimeoutMs },
  );
  return requireBulk(context, id);
}

/** Takes an action back, block by block, each in a transaction. What the worker does. */
export function performUndo(studio: Studio, bulkId: string, signal?: AbortSignal): Promise<void> {
  return inBlocks(
    studio,
    async (tx) => {
      const bulk = await lockBulk(tx, bulkId);
      if (!bulk.undoneAt || bulk.state !== "running") return "none";
      if ((await undoBlock(tx, bulk)) > 0) return "more";
      await tx.bulkAction.update({
        where: { id: bulkId },
        data: { state: "succeeded", finishedAt: new Date() },
      });
      return "last";
    },
    "The worker stopped before everything had been taken back.",
    signal,
  );
}

/** Every attempt failed: says so where people see it. Undoing goes on where it stopped when somebody asks again. */
export async function failUndo({ db }: Studio, bulkId: string, message: string): Promise<void> {
  await db.bulkAction.updateMany({
    where: { id: bulkId, state: "running" },
    data: { state: "failed", message, undoneAt: null, undoneById: null, finishedAt: new Date() },
  });
}
