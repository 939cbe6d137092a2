import type { Transaction } from "../database/client";
import { type BulkSample, decideInBulk, lockSamples, reopenInBulk } from "./bulk-decisions";
import type { BulkWork } from "./bulk-work";
import { keepMatching } from "./find-ids";

/**
 * Does what the action says to some samples, in this transaction, and counts them. Left as they are: withdrawn ones,
 * those that changed since they were seen, and those that the action's filter does not let through any more.
 * @returns how many it changed
 */
export async function applyBlock(
  tx: Transaction,
  bulk: BulkWork,
  samples: readonly BulkSample[],
): Promise<number> {
  let locked = await lockSamples(tx, bulk.projectId, samples);
  if (bulk.filter) {
    const ids = locked.map(({ id }) => id);
    const still = new Set(await keepMatching(tx, bulk.projectId, bulk.filter, ids));
    locked = locked.filter(({ id }) => still.has(id));
  }
  const changed = await change(tx, bulk, locked);
  await tx.bulkAction.update({
    where: { id: bulk.id },
    data: { changed: { increment: changed }, left: { increment: samples.length - changed } },
  });
  return changed;
}

function change(
  tx: Transaction,
  bulk: BulkWork,
  locked: Awaited<ReturnType<typeof lockSamples>>,
): Promise<number> {
  switch (bulk.kind) {
    case "tag":
    case "untag":
      return changeTags(
        tx,
        bulk,
        locked.map(({ id }) => id),
      );
    case "reopen":
      return reopenInBulk(tx, bulk, locked);
    case "approve":
    case "reject":
      return decideInBulk(tx, bulk, locked, bulk.kind);
    case "policy":
      throw new Error("A policy decides on samples by itself.");
  }
}

/** Puts a tag on samples or takes it off, and lists which ones that changed. */
async function changeTags(
  tx: Transaction,
  { id, tagId, kind }: BulkWork,
  sampleIds: readonly string[],
): Promise<number> {
  if (kind === "tag") {
    return tx.$executeRaw`
      WITH added AS (
        INSERT INTO sample_tags (tag_id, sample_id) SELECT ${tagId}::uuid, unnest(${[...sampleIds]}::uuid[])
        ON CONFLICT DO NOTHING RETURNING sample_id)
      INSERT INTO bulk_items (bulk_id, sample_id) SELECT ${id}::uuid, sample_id FROM added`;
  }
  return tx.$executeRaw`
    WITH gone AS (
      DELETE FROM sample_tags WHERE tag_id = ${tagId}::uuid AND sample_id = ANY(${[...sampleIds]}::uuid[])
      RETURNING sample_id)
    INSERT INTO bulk_items (bulk_id, sample_id) SELECT ${id}::uuid, sample_id FROM gone`;
}
