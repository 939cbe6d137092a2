import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { presentSeed, seedInclude } from "./present-seed";

/** Takes an archived seed into use again, with its region. */
export async function restoreSeed(context: Context, { id }: { id: string }) {
  requireAbility(context, "annotate");
  const { projectId } = context.caller;
  return inTransaction(context.studio.db, async (tx) => {
    const { count } = await tx.seed.updateMany({
      where: { id, projectId, archivedAt: { not: null } },
      data: { archivedAt: null, version: { increment: 1 } },
    });
    if (count === 0)
      throw new UserError("not-found", "There is no such seed in the archive; it may be back already.", "id");
    await addToCounters(tx, projectId, { seeds: 1 });
    await notify(tx, { topic: "seeds", id });
    return presentSeed(await tx.seed.findUniqueOrThrow({ where: { id }, include: seedInclude }));
  });
}
