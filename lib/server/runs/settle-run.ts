import { runConfigSchema } from "@/lib/domain/run-config";
import type { Transaction } from "../database/client";
import type { Queue } from "../queue/queue";
import { beginRound } from "./begin-round";

/**
 * Ends a run whose last unit of work was just committed, or begins its next round where quotas are not met. Called in
 * the transaction that changed the stage rows, after `lockStages`: the last of several workers sees the others' counts.
 */
export async function settleRun(tx: Transaction, queue: Queue, runId: string): Promise<void> {
  const stages = await tx.runStage.findMany({ where: { runId } });
  if (stages.some((stage) => stage.done + stage.failed < stage.total)) return;
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId } });
  if (run.state !== "running" || run.listing) return;
  const round = await beginRound(tx, queue, { ...run, config: runConfigSchema.parse(run.config) });
  if (round.begun) return;
  const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
  const done = stages.reduce((sum, stage) => sum + stage.done, 0);
  const drawing = stages.filter(({ stage }) => stage !== "instructions");
  const writing = stages.filter(({ stage }) => stage === "instructions");
  // A run that wrote edits and drew none of them has not succeeded.
  const nothingMade = [writing, drawing].some(
    (part) => part.some((stage) => stage.failed > 0) && part.every((stage) => stage.done === 0),
  );
  const sentences = [
    failed > 0 && `${failed} of ${done + failed} units of work failed; “retry” repeats only those.`,
    round.missing,
  ].filter((sentence) => typeof sentence === "string");
  // The map has not seen what the run made.
  await queue.send(tx, "lay-out-map", { projectId: run.projectId });
  await tx.run.updateMany({
    // Somebody may have cancelled it since it was read.
    where: { id: runId, state: "running" },
    data: {
      state: nothingMade ? "failed" : "succeeded",
      message: sentences.length > 0 ? sentences.join(" ") : null,
      finishedAt: new Date(),
      version: { increment: 1 },
    },
  });
}
