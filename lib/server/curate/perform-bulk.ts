import type { BulkView } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility, type Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { applyBlock } from "./apply-block";
import { lockBulk } from "./bulk-work";
import { findIds } from "./find-ids";
import { inBlocks } from "./in-blocks";
import { requireBulk } from "./list-bulks";

/** Samples of one transaction: reviewers who decide on one of them wait for it. */
const blockSize = 500;

/**
 * Does an action to everything that its filter lets through, from new to old, each block in a transaction that also
 * says where the next one begins: a killed worker's successor goes on there. What the worker does.
 */
export function performBulk(studio: Studio, bulkId: string, signal?: AbortSignal): Promise<void> {
  return inBlocks(
    studio,
    async (tx) => {
      const bulk = await lockBulk(tx, bulkId);
      const open = bulk.state === "queued" || bulk.state === "running";
      if (!open || bulk.stoppedAt || bulk.undoneAt || !bulk.filter) return "none";
      const { ids, nextCursor } = await findIds(tx, bulk.projectId, bulk.filter, {
        cursor: bulk.cursor ?? undefined,
        limit: blockSize,
      });
      if (ids.length > 0) {
        await applyBlock(
          tx,
          bulk,
          ids.map((id) => ({ id })),
        );
      }
      await tx.bulkAction.update({
        where: { id: bulkId },
        data: nextCursor
          ? { state: "running", cursor: nextCursor }
          : { state: "succeeded", cursor: null, finishedAt: new Date() },
      });
      return nextCursor ? "more" : "last";
    },
    "The worker stopped before every sample had been seen.",
    signal,
  );
}

/** Ends an action on everything that fits after the block in hand. What it changed stands until it is taken back. */
export async function stopBulk(context: Context, { id }: { id: string }): Promise<BulkView> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  await inTransaction(studio.db, async (tx) => {
    const { count } = await tx.bulkAction.updateMany({
      where: {
        id,
        projectId: caller.projectId,
        kind: { not: "policy" },
        state: { in: ["queued", "running"] },
        undoneAt: null,
      },
      data: { state: "succeeded", stoppedAt: new Date(), finishedAt: new Date() },
    });
    if (count === 0) {
      await requireBulk(context, id);
      throw new UserError("conflict", "This action is not under way any more.", "id");
    }
    await notify(tx, { topic: "samples" });
  });
  return requireBulk(context, id);
}

/** Every attempt failed: says so where people see it. What was changed until then stands. */
export async function failBulk({ db }: Studio, bulkId: string, message: string): Promise<void> {
  await db.bulkAction.updateMany({
    where: { id: bulkId, state: { in: ["queued", "running"] }, undoneAt: null },
    data: { state: "failed", message, finishedAt: new Date() },
  });
}
