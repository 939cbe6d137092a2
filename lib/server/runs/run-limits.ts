import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import type { RunnableRun } from "./runnable-run";

/** Whether the run has spent what it may; it is then paused with a message that says so. */
export async function reachedLimit({ db }: Studio, run: RunnableRun): Promise<boolean> {
  const { maxCandidates, maxMinutes } = run.config.limits;
  if (!maxCandidates && !maxMinutes) return false;
  const stages = await db.runStage.findMany({ where: { runId: run.id } });
  const candidates = stages
    .filter(({ stage }) => stage !== "instructions")
    .reduce((sum, { produced }) => sum + produced, 0);
  const minutes = stages.reduce((sum, stage) => sum + Number(stage.busyMs), 0) / 60_000;
  const message =
    maxCandidates && candidates >= maxCandidates
      ? `Stopped at its limit of ${maxCandidates} candidates.`
      : maxMinutes && minutes >= maxMinutes
        ? `Stopped at its limit of ${maxMinutes} minutes of work.`
        : null;
  if (!message) return false;
  await inTransaction(db, async (tx) => {
    await tx.run.updateMany({
      where: { id: run.id, state: "running" },
      data: { state: "paused", message, version: { increment: 1 } },
    });
    await notify(tx, { topic: "runs", id: run.id });
  });
  return true;
}
