import type { EditType } from "@/lib/domain/edit-types";
import { UserError } from "@/lib/domain/errors";
import type { SeedExample } from "@/lib/domain/instruction-records";
import { isOutage } from "@/lib/domain/outage";
import type { InstructionProvider } from "@/lib/instructions/instruction-provider";
import { type ProposalResult, proposeEdits } from "@/lib/stages/propose-edits";
import { withdrawnError } from "../anchors/require-standing";
import type { Studio } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { commitEdits } from "./commit-edits";
import { lockWork } from "./lock-stages";
import { pauseForOutage } from "./pause-for-outage";
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
      const known = await studio.db.edit.findMany({
        where: { runId, anchorId },
        select: { sourceCaption: true, instruction: true, targetCaption: true },
      });
      const result = await proposeEdits(provider, task.anchor.caption, seeds, {
        runSeed: run.config.seed,
        stage: run.config.instructions,
        key: task.anchor.originalSha,
        round: task.round,
        editTypes: task.editTypes as EditType[],
        known,
        signal: options.signal,
      });
      requireAnswer(result);
      await commitEdits(studio, run, task, result, performance.now() - started);
    } catch (error) {
      // Whatever went wrong, it went wrong because the work was called off.
      if (options.signal.aborted) break;
      if (isOutage(error)) {
        await pauseForOutage(studio, run, error.message);
        break;
      }
      if (!(error instanceof UserError) && !options.lastAttempt) errors.push(error as Error);
      else await recordFailure(studio, runId, anchorId, (error as Error).message);
    }
  }
  // The queue repeats the job; what was committed is not done again.
  if (errors[0]) throw errors[0];
}

/** @throws UserError where nothing came back because every request failed: the anchor is not to blame */
function requireAnswer({ edits, failures }: ProposalResult): void {
  const [first] = failures;
  if (edits.length > 0 || !first || failures.some(({ kind }) => kind !== "request-failed")) return;
  throw new UserError("unavailable", first.reason, "baseUrl");
}

/** Records that an anchor got no edits, so that the run can end and `retry` finds it. */
export async function recordFailure(
  { db, queue }: Studio,
  runId: string,
  anchorId: string,
  message: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await lockWork(tx, runId))) return;
    const { count } = await tx.runAnchor.updateMany({
      where: { runId, anchorId, state: "pending" },
      data: { state: "failed", error: message },
    });
    if (count === 0) return;
    await tx.runStage.update({
      where: { runId_stage: { runId, stage: "instructions" } },
      data: { failed: { increment: 1 } },
    });
    await settleRun(tx, queue, runId);
    await notify(tx, { topic: "runs", id: runId });
  });
}
