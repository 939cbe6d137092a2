import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { getAnchor } from "./get-anchor";

/** Takes an anchor out of lists, runs and later releases. What was made from it stays, out of sight. */
export async function withdrawAnchor(context: Context, input: { id: string; version: number }) {
  requireAbility(context, "curate");
  const before = await getAnchor(context, input.id);
  await inTransaction(context.studio.db, async (tx) => {
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
      anchors: -1,
      captioned: before.caption === "" ? 0 : -1,
    });
    await notify(tx, { topic: "anchors", id: input.id });
  });
  return { id: input.id };
}
