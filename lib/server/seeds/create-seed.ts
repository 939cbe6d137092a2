import { getAnchor } from "../anchors/get-anchor";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { checkSeed, type SeedText } from "./check-seed";
import { presentSeed, seedInclude } from "./present-seed";

export async function createSeed(context: Context, input: SeedText & { anchorId: string | null }) {
  requireAbility(context, "annotate");
  const text = checkSeed(input);
  if (input.anchorId) await getAnchor(context, input.anchorId);
  const { projectId, memberId } = context.caller;
  return inTransaction(context.studio.db, async (tx) => {
    const row = await tx.seed.create({
      data: { projectId, authorId: memberId, anchorId: input.anchorId, ...text },
      include: seedInclude,
    });
    await addToCounters(tx, projectId, { seeds: 1 });
    await notify(tx, { topic: "seeds", id: row.id });
    return presentSeed(row);
  });
}
