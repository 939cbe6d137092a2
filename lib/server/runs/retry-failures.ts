import type { EditType } from "@/lib/domain/edit-types";
import type { ImageStage } from "@/lib/domain/thresholds";
import type { Transaction } from "../database/client";
import { addToYields } from "./run-yields";

/** Makes the failed units of a run pending again and takes them off its failed counts; nothing else repeats. */
export async function retryFailures(tx: Transaction, runId: string): Promise<void> {
  const reset = { state: "pending", error: null } as const;
  const anchors = await tx.runAnchor.updateMany({ where: { runId, state: "failed" }, data: reset });
  await tx.runStage.updateMany({
    where: { runId, stage: "instructions" },
    data: { failed: { decrement: anchors.count } },
  });
  const groups = await tx.edit.groupBy({
    by: ["stage", "editType"],
    where: { runId, state: "failed" },
    _count: true,
  });
  await tx.edit.updateMany({ where: { runId, state: "failed" }, data: reset });
  for (const stage of ["freeForm", "region"] satisfies ImageStage[]) {
    const own = groups.filter((group) => group.stage === stage);
    await tx.runStage.updateMany({
      where: { runId, stage },
      data: { failed: { decrement: own.reduce((sum, group) => sum + group._count, 0) } },
    });
    const changes = own.map((group) => [group.editType as EditType, { finished: -group._count }] as const);
    await addToYields(tx, runId, stage, new Map(changes));
  }
}
