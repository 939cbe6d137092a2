import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { getAnchor } from "./get-anchor";

/** Takes an anchor out of lists, runs and later releases. What was made from it stays, out of sight. */
export async function withdrawAnchor(context: Context, input: { id: string; version: number }) {
  requireAbility(context, "curate");
  const before = await getAnchor(context, input.id);
  const withdraw = async (tx: Transaction) => {
    const { count } = await tx.anchor.updateMany({
      where: { id: input.id, version: input.version },
      data: { withdrawnAt: new Date(), version: { increment: 1 } },
    });
    if (count === 0) {
      throw new UserError(
        "conflict",
        "Somebody changed this anchor meanwhile; reload it and try again.",
        "version",
      );
    }
    await addToCounters(tx, context.caller.projectId, {
      ...(await countsOfWork(tx, input.id)),
      anchors: -1,
      captioned: before.caption === "" ? 0 : -1,
    });
    await notify(tx, { topic: "samples" });
    await notify(tx, { topic: "anchors", id: input.id });
  };
  await inTransaction(context.studio.db, withdraw, { timeoutMs: 60_000 });
  return { id: input.id };
}

/** What was made from an anchor, as changes that take it off the counts. */
async function countsOfWork(tx: Transaction, anchorId: string) {
  const made = { edit: { anchorId } };
  const states = await tx.sample.groupBy({ by: ["state"], where: { candidate: made }, _count: true });
  const samples = (state: string) => -(states.find((group) => group.state === state)?._count ?? 0);
  return {
    edits: -(await tx.edit.count({ where: { anchorId } })),
    candidates: -(await tx.candidate.count({ where: made })),
    "samples.pending": samples("pending"),
    "samples.approved": samples("approved"),
    "samples.rejected": samples("rejected"),
  };
}
