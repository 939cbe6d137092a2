import type { Transaction } from "../database/client";

/**
 * Ends a run whose last unit of work was just committed. Called in the transaction that changed the stage rows:
 * their locks make the last of several workers see the others' counts.
 */
export async function settleRun(tx: Transaction, runId: string): Promise<void> {
  const stages = await tx.runStage.findMany({ where: { runId } });
  if (stages.some((stage) => stage.done + stage.failed < stage.total)) return;
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId } });
  if (run.state !== "running") return;
  const failed = stages.reduce((sum, stage) => sum + stage.failed, 0);
  const done = stages.reduce((sum, stage) => sum + stage.done, 0);
  const allFailed = done === 0 && failed > 0;
  await tx.run.updateMany({
    // Somebody may have cancelled it since it was read.
    where: { id: runId, state: "running" },
    data: {
      state: allFailed ? "failed" : "succeeded",
      message:
        failed > 0 ? `${failed} of ${done + failed} units of work failed; “retry” repeats only those.` : null,
      finishedAt: new Date(),
      version: { increment: 1 },
    },
  });
}
