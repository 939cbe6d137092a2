import type { Transaction } from "../database/client";
import { openTickets } from "../review/route-tickets";
import { settleSamples } from "../review/settle-samples";
import { uuid7 } from "../uuid7";
import { insertUndos, type LockedRow, setState } from "./bulk-decisions";
import type { BulkWork } from "./bulk-work";

/** Decisions or samples of one transaction. */
const blockSize = 500;

/**
 * Takes the next part of an action back. What people decided since stands.
 * @returns how many it looked at; 0 when nothing is left
 */
export async function undoBlock(tx: Transaction, bulk: BulkWork): Promise<number> {
  if (bulk.kind === "tag" || bulk.kind === "untag") return restoreTags(tx, bulk);
  return bulk.kind === "reopen" ? restoreDecisions(tx, bulk) : undoDecisions(tx, bulk);
}

/** Appends undos. Samples on which nobody else has a word are pending again. */
async function undoDecisions(tx: Transaction, bulk: BulkWork): Promise<number> {
  // Behind the last block: what is undone already is not read again each time.
  const decisions = await tx.$queryRaw<{ id: string; sampleId: string }[]>`
    SELECT d.id, d.sample_id AS "sampleId" FROM decisions d
    WHERE d.bulk_id = ${bulk.id}::uuid AND d.kind <> 'undo'
      AND d.id > coalesce(${bulk.cursor}::uuid, '00000000-0000-0000-0000-000000000000')
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)
    ORDER BY d.id LIMIT ${blockSize}`;
  if (decisions.length === 0) return 0;
  const ids = decisions.map(({ sampleId }) => sampleId);
  const locked = await tx.$queryRaw<(LockedRow & { withdrawn: boolean })[]>`
    SELECT id, state::text, version, withdrawn FROM samples
    WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  await insertUndos(
    tx,
    bulk.undoneById,
    bulk.id,
    decisions.map(({ id }) => id),
  );
  const spoken = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT d.sample_id AS id FROM decisions d
    WHERE d.sample_id = ANY(${ids}::uuid[]) AND d.kind <> 'undo' AND d.purpose <> 'gold'
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)`;
  const others = new Set(spoken.map(({ id }) => id));
  const standing = locked.filter(({ withdrawn }) => !withdrawn);
  const alone = standing.filter(({ id }) => !others.has(id));
  const free = alone.map(({ id }) => id);
  if (free.length > 0) {
    await tx.$executeRaw`
      UPDATE samples SET route = NULL, routed_by_id = NULL WHERE id = ANY(${free}::uuid[]) AND route IS NOT NULL`;
    await openTickets(tx, free, "review");
    await setState(tx, bulk.projectId, alone, "pending");
  }
  await settleSamples(
    tx,
    bulk.projectId,
    standing.flatMap(({ id }) => (others.has(id) ? [id] : [])),
  );
  await tx.bulkAction.update({
    where: { id: bulk.id },
    data: { restored: { increment: locked.length }, cursor: decisions.at(-1)!.id },
  });
  return decisions.length;
}

/** The samples that the action changed, a block at a time; what is taken leaves the list, so that none comes twice. */
async function takeItems(tx: Transaction, bulkId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM bulk_items WHERE bulk_id = ${bulkId}::uuid AND sample_id IN (
      SELECT sample_id FROM bulk_items WHERE bulk_id = ${bulkId}::uuid ORDER BY sample_id LIMIT ${blockSize})
    RETURNING sample_id::text AS id`;
  return rows.map(({ id }) => id);
}

async function restoreTags(tx: Transaction, { id, tagId, kind }: BulkWork): Promise<number> {
  const items = await takeItems(tx, id);
  const restored =
    kind === "tag"
      ? await tx.$executeRaw`DELETE FROM sample_tags WHERE tag_id = ${tagId}::uuid AND sample_id = ANY(${items}::uuid[])`
      : await tx.$executeRaw`INSERT INTO sample_tags (tag_id, sample_id)
          SELECT ${tagId}::uuid, unnest(${items}::uuid[]) ON CONFLICT DO NOTHING`;
  await tx.bulkAction.update({ where: { id }, data: { restored: { increment: restored } } });
  return items.length;
}

/** Says again what reopening took back, where the sample still waits. An undo stays on record: the words are repeated. */
async function restoreDecisions(tx: Transaction, { id, projectId }: BulkWork): Promise<number> {
  const items = await takeItems(tx, id);
  const waiting = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM samples WHERE id = ANY(${items}::uuid[]) AND state = 'pending' AND NOT withdrawn
    ORDER BY id FOR UPDATE`;
  const samples = waiting.map((row) => row.id);
  const taken = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.id FROM decisions u JOIN decisions d ON d.id = u.undoes_id
    WHERE u.sample_id = ANY(${samples}::uuid[]) AND u.bulk_id = ${id}::uuid AND u.kind = 'undo'
    ORDER BY d.sample_id, d.id`;
  await tx.$executeRaw`
    INSERT INTO decisions (id, sample_id, actor_id, policy_id, bulk_id, kind, purpose, reasons, note, text_revision,
      mask_revision, mask_id, assignment_id)
    SELECT g.id, d.sample_id, d.actor_id, d.policy_id, d.bulk_id, d.kind, d.purpose, d.reasons, d.note,
      d.text_revision, d.mask_revision, d.mask_id, d.assignment_id
    FROM unnest(${taken.map(() => uuid7())}::uuid[], ${taken.map((row) => row.id)}::uuid[]) AS g(id, decision_id)
    JOIN decisions d ON d.id = g.decision_id ORDER BY d.id`;
  await settleSamples(tx, projectId, samples);
  await tx.bulkAction.update({ where: { id }, data: { restored: { increment: samples.length } } });
  return items.length;
}
