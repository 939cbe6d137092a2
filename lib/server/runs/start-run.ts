import { type RunConfig, runConfigSchema } from "@/lib/domain/run-config";
import type { Studio } from "../context";
import { inTransaction, Prisma, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { anchorCondition } from "./anchor-filter";
import { enqueuePending } from "./enqueue-pending";
import { lockStages } from "./lock-stages";
import { settleRun } from "./settle-run";

/** Anchors listed in one transaction: a second or two of work. */
const page = 20_000;

/**
 * Lists the anchors of a new run, oldest first, and enqueues Stage I for them. A run may be about millions, so they are
 * listed page by page; a listing that was broken off goes on where it stopped, and what was done is not done again.
 * @param anchorsPerPage for tests
 */
export async function startRun(
  { db, queue }: Studio,
  runId: string,
  { signal, anchorsPerPage = page }: { signal?: AbortSignal; anchorsPerPage?: number } = {},
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockStages(tx, runId);
    const { count } = await tx.run.updateMany({
      where: { id: runId, state: { in: ["queued", "running"] }, startedAt: null },
      data: { state: "running", startedAt: new Date(), listing: true, version: { increment: 1 } },
    });
    if (count === 0) return;
    await tx.runStage.updateMany({
      where: { runId, stage: "instructions" },
      data: { startedAt: new Date() },
    });
    await notify(tx, { topic: "runs", id: runId });
  });
  for (let more = true; more && !signal?.aborted; ) {
    more = await inTransaction(db, (tx) => listPage(tx, runId, anchorsPerPage), { timeoutMs: 60_000 });
  }
  if (signal?.aborted) return;
  await inTransaction(
    db,
    async (tx) => {
      await lockStages(tx, runId);
      const { count } = await tx.run.updateMany({
        where: { id: runId, state: "running", listing: true },
        data: { listing: false, version: { increment: 1 } },
      });
      if (count === 0) return;
      await enqueuePending(tx, queue, runId);
      await settleRun(tx, queue, runId);
      await notify(tx, { topic: "runs", id: runId });
    },
    { timeoutMs: 60_000 },
  );
}

/**
 * Writes the next of a run's anchors, in the order of their import; with quotas none of them is asked yet.
 * @returns whether there may be more
 */
async function listPage(tx: Transaction, runId: string, anchorsPerPage: number): Promise<boolean> {
  await lockStages(tx, runId);
  const run = await tx.run.findUnique({ where: { id: runId } });
  if (run?.state !== "running" || !run.listing) return false;
  const config = runConfigSchema.parse(run.config);
  const last = await tx.runAnchor.findFirst({ where: { runId }, orderBy: { anchorId: "desc" } });
  const next = last ? last.ordinal + 1 : 0;
  const wanted = Math.min(anchorsPerPage, (config.anchors.limit ?? Number.POSITIVE_INFINITY) - next);
  if (wanted <= 0) return false;
  const listed = await insertAnchors(tx, run, config, { after: last?.anchorId, next, wanted });
  await tx.runStage.updateMany({
    where: { runId, stage: "instructions" },
    // With quotas, each round adds the anchors that it asks.
    data: { total: { increment: config.quotas ? 0 : listed } },
  });
  await notify(tx, { topic: "runs", id: runId });
  return listed === anchorsPerPage;
}

async function insertAnchors(
  tx: Transaction,
  run: { id: string; projectId: string },
  config: RunConfig,
  { after, next, wanted }: { after: string | undefined; next: number; wanted: number },
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO run_anchors (run_id, anchor_id, ordinal, round)
    SELECT ${run.id}::uuid, id, ${next}::int + (row_number() OVER (ORDER BY id)) - 1, ${config.quotas ? 0 : 1}::int
    FROM (
      SELECT id FROM anchors
      WHERE ${anchorCondition(run.projectId, config)} ${after ? Prisma.sql`AND id > ${after}::uuid` : Prisma.empty}
      ORDER BY id LIMIT ${wanted}
    ) AS page`;
}
