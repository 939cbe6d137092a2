import { UserError } from "@/lib/domain/errors";
import { anchorsBelow } from "../chains/anchors-below";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { getAnchor } from "./get-anchor";

/**
 * Takes an anchor out of lists, runs and later releases, and with it the later turns of its chains. What was made from
 * them stays, out of sight.
 */
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
    const below = await anchorsBelow(tx, input.id);
    const ids = below.map(({ id }) => id);
    await tx.anchor.updateMany({
      where: { id: { in: ids }, withdrawnAt: null },
      data: { withdrawnAt: new Date(), version: { increment: 1 } },
    });
    const withdrawn = [before, ...below];
    // Before the project's counts, in the order in which decisions write both.
    const work = await countsOfWork(tx, [input.id, ...ids]);
    await hideSamples(tx, [input.id, ...ids]);
    await addToCounters(tx, context.caller.projectId, {
      ...work,
      anchors: -withdrawn.length,
      captioned: -withdrawn.filter(({ caption }) => caption !== "").length,
    });
    await notify(tx, { topic: "samples" });
    await notify(tx, { topic: "anchors", id: input.id });
  };
  await inTransaction(context.studio.db, withdraw, { timeoutMs: 60_000 });
  return { id: input.id };
}

/** Their samples leave lists and the review queue at once. */
async function hideSamples(tx: Transaction, anchorIds: string[]): Promise<void> {
  await tx.$executeRaw`
    WITH hidden AS (
      UPDATE samples SET withdrawn = true, version = version + 1 WHERE candidate_id IN (
        SELECT c.id FROM candidates c JOIN edits e ON e.id = c.edit_id WHERE e.anchor_id = ANY(${anchorIds}::uuid[]))
      RETURNING id
    ), gone AS (DELETE FROM review_tickets WHERE sample_id IN (SELECT id FROM hidden))
    UPDATE assignments SET state = 'released', slot = NULL, finished_at = now()
    WHERE state = 'held' AND sample_id IN (SELECT id FROM hidden)`;
}

/** What was made from some anchors, as changes that take it off the counts. */
async function countsOfWork(tx: Transaction, anchorIds: string[]) {
  const anchorId = { in: anchorIds };
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
