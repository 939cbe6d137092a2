import { runConfigSchema } from "@/lib/domain/run-config";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { anchorFilter } from "./anchor-filter";
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
      const anchors = await tx.anchor.findMany({
        where: anchorFilter(run.projectId, config),
        orderBy: { id: "asc" },
        ...(config.anchors.limit && { take: config.anchors.limit }),
        select: { id: true },
      });
      await tx.runAnchor.createMany({
        data: anchors.map(({ id }, ordinal) => ({ runId, anchorId: id, ordinal })),
      });
      await tx.runStage.updateMany({
        where: { runId, stage: "instructions" },
        data: { total: anchors.length, startedAt: new Date() },
      });
      await enqueuePending(tx, queue, runId);
      await settleRun(tx, runId);
      await notify(tx, { topic: "runs", id: runId });
    },
    { timeoutMs: 300_000 },
  );
}
