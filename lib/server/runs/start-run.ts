import { type RunConfig, runConfigSchema } from "@/lib/domain/run-config";
import type { Studio } from "../context";
import { inTransaction, Prisma, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { anchorCondition } from "./anchor-filter";
import { enqueuePending } from "./enqueue-pending";
import { lockStages } from "./lock-stages";
import { settleRun } from "./settle-run";

/** Lists the anchors of a new run, oldest first, and enqueues Stage I for them. Done once, however often it runs. */
export async function startRun({ db, queue }: Studio, runId: string): Promise<void> {
  await inTransaction(
    db,
    async (tx) => {
      await lockStages(tx, runId);
      const { count } = await tx.run.updateMany({
        where: { id: runId, state: { in: ["queued", "running"] }, startedAt: null },
        data: { state: "running", startedAt: new Date(), version: { increment: 1 } },
      });
      if (count === 0) return;
      const run = await tx.run.findUniqueOrThrow({ where: { id: runId } });
      const config = runConfigSchema.parse(run.config);
      const listed = await listAnchors(tx, run, config);
      await tx.runStage.updateMany({
        where: { runId, stage: "instructions" },
        // With quotas, each round adds the anchors that it asks.
        data: { total: config.quotas ? 0 : listed, startedAt: new Date() },
      });
      await enqueuePending(tx, queue, runId);
      await settleRun(tx, queue, runId);
      await notify(tx, { topic: "runs", id: runId });
    },
    { timeoutMs: 300_000 },
  );
}

/** Writes the run's anchors, in the order of their import; with quotas none of them is asked yet. */
async function listAnchors(
  tx: Transaction,
  run: { id: string; projectId: string },
  config: RunConfig,
): Promise<number> {
  const { limit } = config.anchors;
  return tx.$executeRaw`
    INSERT INTO run_anchors (run_id, anchor_id, ordinal, round)
    SELECT ${run.id}::uuid, id, (row_number() OVER (ORDER BY id)) - 1, ${config.quotas ? 0 : 1}::int
    FROM anchors WHERE ${anchorCondition(run.projectId, config)}
    ORDER BY id ${limit ? Prisma.sql`LIMIT ${limit}` : Prisma.empty}`;
}
