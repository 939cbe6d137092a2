import { outagePauseMs } from "@/lib/domain/outage";
import type { Studio } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { enqueuePending } from "./enqueue-pending";
import { lockStages } from "./lock-stages";
import type { RunnableRun } from "./runnable-run";

/** Pauses a run because a service that it needs is down, says so, and has it go on by itself after a while. */
export async function pauseForOutage({ db, queue }: Studio, run: RunnableRun, reason: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockStages(tx, run.id);
    const { outages } = await tx.run.findUniqueOrThrow({ where: { id: run.id }, select: { outages: true } });
    const resumeAt = new Date(Date.now() + outagePauseMs(outages));
    const { count } = await tx.run.updateMany({
      where: { id: run.id, state: "running" },
      data: {
        state: "paused",
        message: `${reason} The run waits and then tries again by itself.`,
        resumeAt,
        outages: { increment: 1 },
        version: { increment: 1 },
      },
    });
    if (count === 0) return;
    await queue.send(tx, "wake-run", { runId: run.id }, { startAfter: resumeAt });
    await notify(tx, { topic: "runs", id: run.id });
  });
}

/** Notes that the services of a run answer, so that the next outage is waited for as briefly as the first. */
export async function endOutages(tx: Transaction, runId: string): Promise<void> {
  await tx.run.updateMany({ where: { id: runId, outages: { gt: 0 } }, data: { outages: 0 } });
}

/** Goes on with a run that waits for a service, unless a person has decided otherwise meanwhile. */
export async function wakeRun({ db, queue }: Studio, runId: string): Promise<void> {
  await inTransaction(
    db,
    async (tx) => {
      await lockStages(tx, runId);
      const { count } = await tx.run.updateMany({
        where: { id: runId, state: "paused", resumeAt: { lte: new Date(Date.now() + 1000) } },
        data: { state: "running", message: null, resumeAt: null, version: { increment: 1 } },
      });
      if (count === 0) return;
      await enqueuePending(tx, queue, runId);
      await notify(tx, { topic: "runs", id: runId });
    },
    { timeoutMs: 60_000 },
  );
}
