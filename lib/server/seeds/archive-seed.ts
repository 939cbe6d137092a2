import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";

/** Takes a seed out of use. Runs that used it keep its text in their edits. */
export async function archiveSeed(context: Context, input: { id: string; version: number }) {
  requireAbility(context, "annotate");
  const { projectId } = context.caller;
  await inTransaction(context.studio.db, async (tx) => {
    const { count } = await tx.seed.updateMany({
      where: { id: input.id, projectId, version: input.version, archivedAt: null },
      data: { archivedAt: new Date(), version: { increment: 1 } },
    });
    if (count === 0) {
      throw new UserError(
        "conflict",
        "Somebody changed or archived this seed meanwhile; reload it.",
        "version",
      );
    }
    await addToCounters(tx, projectId, { seeds: -1 });
    await notify(tx, { topic: "seeds", id: input.id });
  });
  return { id: input.id };
}
