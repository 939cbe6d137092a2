import type { Transaction } from "../database/client";

/** Makes the failed units of a run pending again and takes them off its failed counts; nothing else repeats. */
export async function retryFailures(tx: Transaction, runId: string): Promise<void> {
  const reset = { state: "pending", error: null } as const;
  const anchors = await tx.runAnchor.updateMany({ where: { runId, state: "failed" }, data: reset });
  const edits = await tx.edit.updateMany({ where: { runId, state: "failed" }, data: reset });
  await tx.runStage.updateMany({
    where: { runId, stage: "instructions" },
    data: { failed: { decrement: anchors.count } },
  });
  await tx.runStage.updateMany({
    where: { runId, stage: "freeForm" },
    data: { failed: { decrement: edits.count } },
  });
}
