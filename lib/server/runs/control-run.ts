import { UserError } from "@/lib/domain/errors";
import { isSettled, nextRunState, type RunState } from "@/lib/domain/run-state";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { enqueuePending } from "./enqueue-pending";
import { getRun } from "./get-run";
import { lockStages } from "./lock-stages";
import { retryFailures } from "./retry-failures";
import { settleRun } from "./settle-run";

/**
 * Pauses, resumes or cancels a run, or retries what failed in it. Workers notice between two batches: a paused run still
 * gets the batch in hand, a cancelled one nothing more.
 */
export async function controlRun(
  context: Context,
  { id, event }: { id: string; event: "pause" | "resume" | "cancel" | "retry" },
) {
  requireAbility(context, "curate");
  await getRun(context, id);
  const change = async (tx: Transaction) => {
    await lockStages(tx, id);
    // What the run is now decides, not what it was when somebody looked: a worker may have begun it meanwhile.
    const [run] = await tx.$queryRaw<{ state: RunState; startedAt: Date | null }[]>`
      SELECT state, started_at AS "startedAt" FROM runs WHERE id = ${id}::uuid FOR UPDATE`;
    const state = nextRunState(run!.state, event);
    if (state === null) {
      throw new UserError("conflict", `A run that is ${run!.state} cannot ${event}.`, "event");
    }
    await tx.run.update({
      where: { id },
      data: {
        state,
        resumeAt: null,
        version: { increment: 1 },
        ...(event !== "pause" && { message: null }),
        finishedAt: isSettled(state) ? new Date() : null,
      },
    });
    if (event === "cancel") {
      await context.studio.queue.send(tx, "lay-out-map", { projectId: context.caller.projectId });
    }
    if (event === "retry") await retryFailures(tx, id);
    if (state === "running") {
      await enqueuePending(tx, context.studio.queue, id);
      // Where nothing is left to do, no worker would end it.
      if (run!.startedAt) await settleRun(tx, context.studio.queue, id);
    }
    await notify(tx, { topic: "runs", id });
  };
  await inTransaction(context.studio.db, change, { timeoutMs: 60_000 });
  return getRun(context, id);
}
