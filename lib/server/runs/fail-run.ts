import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";

/** Ends a run that cannot go on, with the reason. */
export async function failRun({ db }: Studio, runId: string, message: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.run.updateMany({
      where: { id: runId, state: { in: ["queued", "running"] } },
      data: { state: "failed", message, finishedAt: new Date(), version: { increment: 1 } },
    });
    await notify(tx, { topic: "runs", id: runId });
  });
}
