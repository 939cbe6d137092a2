import type { BulkView } from "@/lib/api/contract/curate";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility, type Studio } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { openTickets } from "../review/route-tickets";
import { settleSample } from "../review/settle-sample";
import { uuid7 } from "../uuid7";
import { bulkTimeoutMs } from "./apply-bulk";
import { insertUndos, type LockedRow, setState } from "./bulk-decisions";
import { requireBulk } from "./list-bulks";

/**
 * Takes an action on many samples back as one. Decisions that people made since stand; a policy is retired, so that it decides on
 * nothing more, and its decisions are taken back by a worker, since there may be millions.
 */
export async function undoBulk(context: Context, { id }: { id: string }): Promise<BulkView> {
  requireAbility(context, "curate");
  const { studio, caller } = context;
  await inTransaction(
    studio.db,
    async (tx) => {
      const bulk = await tx.bulkAction.findFirst({ where: { id, projectId: caller.projectId } });
      if (!bulk) throw new UserError("not-found", "There is no such action.", "id");
      const { count } = await tx.bulkAction.updateMany({
        where: { id, undoneAt: null },
        data: { undoneAt: new Date(), undoneById: caller.memberId },
      });
      if (count === 0) throw new UserError("conflict", "This action was taken back already.", "id");
      if (bulk.kind === "policy") {
        await tx.selectionPolicy.updateMany({
          where: { id: bulk.policyId!, retiredAt: null },
          data: { retiredAt: new Date() },
        });
        await tx.bulkAction.update({ where: { id }, data: { state: "running" } });
        await studio.queue.send(tx, "undo-bulk", { bulkId: id });
      } else if (bulk.kind === "tag" || bulk.kind === "untag") {
        await restoreTags(tx, id, bulk.tagId!, bulk.kind);
      } else if (bulk.kind === "reopen") {
        await restoreDecisions(tx, caller.projectId, id);
      } else {
        while ((await undoBlock(tx, id, caller.memberId)) > 0);
      }
      await notify(tx, { topic: "samples" });
    },
    { timeoutMs: bulkTimeoutMs },
  );
  return requireBulk(context, id);
}

/** Takes a policy's decisions back, block by block, each in a transaction. What the worker does. */
export async function performUndo(studio: Studio, bulkId: string, signal?: AbortSignal): Promise<void> {
  const bulk = await studio.db.bulkAction.findUniqueOrThrow({ where: { id: bulkId } });
  if (!bulk.undoneAt || !bulk.undoneById) return;
  for (;;) {
    if (signal?.aborted) throw new Error("The worker stopped before every decision had been taken back.");
    const undone = await inTransaction(
      studio.db,
      async (tx) => {
        // A block that still routes samples of this policy ends first.
        await tx.$queryRaw`SELECT 1 FROM bulk_actions WHERE id = ${bulkId}::uuid FOR UPDATE`;
        const count = await undoBlock(tx, bulkId, bulk.undoneById!);
        await notify(tx, { topic: "samples" });
        return count;
      },
      { timeoutMs: 60_000 },
    );
    if (undone === 0) break;
  }
  await studio.db.bulkAction.update({
    where: { id: bulkId },
    data: { state: "succeeded", finishedAt: new Date() },
  });
}

/** Every attempt failed: says so where people see it. Undoing goes on where it stopped when somebody asks again. */
export async function failUndo({ db }: Studio, bulkId: string, message: string): Promise<void> {
  await db.bulkAction.updateMany({
    where: { id: bulkId, state: "running" },
    data: { state: "failed", message, undoneAt: null, undoneById: null, finishedAt: new Date() },
  });
}

const blockSize = 1000;

/** Takes the next decisions of an action back. Samples on which nobody else has a word are pending again. */
async function undoBlock(tx: Transaction, bulkId: string, actorId: string): Promise<number> {
  const decisions = await tx.$queryRaw<{ id: string; sampleId: string }[]>`
    SELECT d.id, d.sample_id AS "sampleId" FROM decisions d
    WHERE d.bulk_id = ${bulkId}::uuid AND d.kind <> 'undo'
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)
    ORDER BY d.id LIMIT ${blockSize}`;
  if (decisions.length === 0) return 0;
  const ids = decisions.map(({ sampleId }) => sampleId);
  const locked = await tx.$queryRaw<(LockedRow & { projectId: string; withdrawn: boolean })[]>`
    SELECT id, state::text, version, project_id AS "projectId", withdrawn FROM samples
    WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  await insertUndos(
    tx,
    actorId,
    bulkId,
    decisions.map(({ id }) => id),
  );
  const spoken = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT d.sample_id AS id FROM decisions d
    WHERE d.sample_id = ANY(${ids}::uuid[]) AND d.kind <> 'undo' AND d.purpose <> 'gold'
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)`;
  const others = new Set(spoken.map(({ id }) => id));
  const alone = locked.filter(({ id, withdrawn }) => !others.has(id) && !withdrawn);
  const projectId = locked[0]!.projectId;
  if (alone.length > 0) {
    const free = alone.map(({ id }) => id);
    await setState(tx, projectId, alone, "pending");
    await tx.$executeRaw`
      UPDATE samples SET route = NULL, routed_by_id = NULL WHERE id = ANY(${free}::uuid[]) AND route IS NOT NULL`;
    await openTickets(tx, free, "review");
  }
  for (const { id, withdrawn } of locked)
    if (others.has(id) && !withdrawn) await settleSample(tx, projectId, id);
  await tx.bulkAction.update({ where: { id: bulkId }, data: { restored: { increment: locked.length } } });
  return decisions.length;
}

async function restoreTags(
  tx: Transaction,
  bulkId: string,
  tagId: string,
  kind: "tag" | "untag",
): Promise<void> {
  const items = (await tx.bulkItem.findMany({ where: { bulkId } })).map(({ sampleId }) => sampleId);
  const restored =
    kind === "tag"
      ? await tx.$executeRaw`DELETE FROM sample_tags WHERE tag_id = ${tagId}::uuid AND sample_id = ANY(${items}::uuid[])`
      : await tx.$executeRaw`INSERT INTO sample_tags (tag_id, sample_id)
          SELECT ${tagId}::uuid, unnest(${items}::uuid[]) ON CONFLICT DO NOTHING`;
  await tx.bulkAction.update({ where: { id: bulkId }, data: { restored } });
}

/** Says again what reopening took back, where the sample still waits. An undo stays on record: the words are repeated. */
async function restoreDecisions(tx: Transaction, projectId: string, bulkId: string): Promise<void> {
  const taken = await tx.$queryRaw<{ id: string; sampleId: string }[]>`
    SELECT d.id, d.sample_id AS "sampleId" FROM decisions u JOIN decisions d ON d.id = u.undoes_id
    JOIN samples s ON s.id = d.sample_id
    WHERE u.bulk_id = ${bulkId}::uuid AND u.kind = 'undo' AND s.state = 'pending' AND NOT s.withdrawn
    ORDER BY d.sample_id, d.id FOR UPDATE OF s`;
  await tx.$executeRaw`
    INSERT INTO decisions (id, sample_id, actor_id, policy_id, bulk_id, kind, purpose, reasons, note, text_revision,
      mask_revision, mask_id, assignment_id)
    SELECT g.id, d.sample_id, d.actor_id, d.policy_id, d.bulk_id, d.kind, d.purpose, d.reasons, d.note,
      d.text_revision, d.mask_revision, d.mask_id, d.assignment_id
    FROM unnest(${taken.map(() => uuid7())}::uuid[], ${taken.map(({ id }) => id)}::uuid[]) AS g(id, decision_id)
    JOIN decisions d ON d.id = g.decision_id ORDER BY d.id`;
  const samples = [...new Set(taken.map(({ sampleId }) => sampleId))];
  for (const id of samples) await settleSample(tx, projectId, id);
  await tx.bulkAction.update({ where: { id: bulkId }, data: { restored: samples.length } });
}
