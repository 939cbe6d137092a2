import { UserError } from "@/lib/domain/errors";
import { isSettled, nextRunState } from "@/lib/domain/run-state";
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
  const run = await getRun(context, id);
  const state = nextRunState(run.state, event);
  if (state === null) {
    throw new UserError("conflict", `A run that is ${run.state} cannot ${event}.`, "event");
  }
  const change = async (tx: Transaction) => {
    await lockStages(tx, id);
    const { count } = await tx.run.updateMany({
      where: { id, state: run.state, version: run.version },
      data: {
        state,
        resumeAt: null,
        version: { increment: 1 },
        ...(event !== "pause" && { message: null }),
        finishedAt: isSettled(state) ? new Date() : null,
      },
    });
    if (count === 0) {
      throw new UserError(
        "conflict",
        "The run changed meanwhile; look again and repeat if you still want to.",
        "id",
      );
    }
    if (event === "cancel") {
      await context.studio.queue.send(tx, "lay-out-map", { projectId: context.caller.projectId });
    }
    if (event === "retry") await retryFailures(tx, id);
    if (state === "running") {
      await enqueuePending(tx, context.studio.queue, id);
      // Where nothing is left to do, no worker would end it.
      if (run.startedAt) await settleRun(tx, context.studio.queue, id);
    }
    await notify(tx, { topic: "runs", id });
  };
  await inTransaction(context.studio.db, change, { timeoutMs: 60_000 });
  return getRun(context, id);
}
