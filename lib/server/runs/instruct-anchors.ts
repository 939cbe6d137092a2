import { UserError } from "@/lib/domain/errors";
import type { SeedExample } from "@/lib/domain/instruction-records";
import type { InstructionProvider } from "@/lib/instructions/instruction-provider";
import { type ProposalResult, proposeEdits } from "@/lib/stages/propose-edits";
import { requireStanding, withdrawnError } from "../anchors/require-standing";
import type { Studio } from "../context";
import { addToCounters } from "../counters";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { chunks, editsPerJob } from "./enqueue-pending";
import { reachedLimit } from "./run-limits";
import { type RunnableRun, runnableRun } from "./runnable-run";
import { settleRun } from "./settle-run";

export interface InstructOptions {
  providerFor(run: RunnableRun): Promise<InstructionProvider>;
  seeds(projectId: string): Promise<SeedExample[]>;
  signal: AbortSignal;
  /** Nobody will try again after this attempt: what still fails is recorded as failed. */
  lastAttempt: boolean;
}

/** Stage I for a few anchors of a run. Skips anchors that are done; stops between two when the run stops. */
export async function instructAnchors(
  studio: Studio,
  { runId, anchorIds }: { runId: string; anchorIds: string[] },
  options: InstructOptions,
): Promise<void> {
  const errors: Error[] = [];
  for (const anchorId of anchorIds) {
    const run = options.signal.aborted ? null : await runnableRun(studio, runId);
    if (!run || (await reachedLimit(studio, run))) break;
    const task = await studio.db.runAnchor.findUnique({
      where: { runId_anchorId: { runId, anchorId }, state: "pending" },
      include: { anchor: { select: { caption: true, originalSha: true, withdrawnAt: true } } },
    });
    if (!task) continue;
    const started = performance.now();
    try {
      if (task.anchor.withdrawnAt) throw withdrawnError();
      const provider = await options.providerFor(run);
      const seeds = await options.seeds(run.projectId);
      const result = await proposeEdits(provider, task.anchor.caption, seeds, {
        runSeed: run.config.seed,
        stage: run.config.instructions,
        key: task.anchor.originalSha,
        signal: options.signal,
      });
      await commit(studio, run, anchorId, result, performance.now() - started);
    } catch (error) {
      // Whatever went wrong, it went wrong because the work was called off.
      if (options.signal.aborted) break;
      if (!(error instanceof UserError) && !options.lastAttempt) errors.push(error as Error);
      else await recordFailure(studio, runId, anchorId, (error as Error).message);
    }
  }
  // The queue repeats the job; what was committed is not done again.
  if (errors[0]) throw errors[0];
}

async function commit(
  { db, queue }: Studio,
  run: RunnableRun,
  anchorId: string,
  result: ProposalResult,
  elapsed: number,
) {
  await inTransaction(db, async (tx) => {
    await requireStanding(tx, anchorId);
    if (!(await take(tx, run.id, anchorId, { state: "done" }))) return;
    const edits = await tx.edit.createManyAndReturn({
      data: result.edits.map((edit, ordinal) => ({
        projectId: run.projectId,
        runId: run.id,
        anchorId,
        ordinal,
        ...edit,
      })),
      select: { id: true },
    });
    await tx.instructionFailure.createMany({
      data: result.failures.map(({ reason, rawText }) => ({ runId: run.id, anchorId, reason, raw: rawText })),
    });
    await tx.runStage.update({
      where: { runId_stage: { runId: run.id, stage: "instructions" } },
      data: {
        done: { increment: 1 },
        produced: { increment: result.produced },
        kept: { increment: edits.length },
        busyMs: { increment: Math.round(elapsed) },
      },
    });
    // Also where there are no edits: the row's lock orders this commit with Stage II's, for `settleRun`.
    await tx.runStage.updateMany({
      where: { runId: run.id, stage: "freeForm" },
      data: { total: { increment: edits.length } },
    });
    if (run.config.freeForm.enabled) {
      const jobs = chunks(edits, editsPerJob).map((part) => ({
        runId: run.id,
        editIds: part.map(({ id }) => id),
      }));
      await queue.sendAll(tx, "generate", jobs);
    }
    await addToCounters(tx, run.projectId, { edits: edits.length });
    await settleRun(tx, run.id);
    await notify(tx, { topic: "runs", id: run.id });
  });
}

/** Records that an anchor got no edits, so that the run can end and `retry` finds it. */
export async function recordFailure(
  { db }: Studio,
  runId: string,
  anchorId: string,
  message: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await take(tx, runId, anchorId, { state: "failed", error: message }))) return;
    await tx.runStage.update({
      where: { runId_stage: { runId, stage: "instructions" } },
      data: { failed: { increment: 1 } },
    });
    await tx.runStage.updateMany({ where: { runId, stage: "freeForm" }, data: { total: { increment: 0 } } });
    await settleRun(tx, runId);
    await notify(tx, { topic: "runs", id: runId });
  });
}

/** True for the one worker that may commit the anchor's result. */
async function take(
  tx: Transaction,
  runId: string,
  anchorId: string,
  data: { state: "done" | "failed"; error?: string },
): Promise<boolean> {
  const { count } = await tx.runAnchor.updateMany({ where: { runId, anchorId, state: "pending" }, data });
  return count === 1;
}
