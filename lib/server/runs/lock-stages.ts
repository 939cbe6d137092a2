import type { Transaction } from "../database/client";

/**
 * Locks a run's stage rows, in the order in which workers lock them. Whoever changes the run itself does this first:
 * the last result of a worker is then either seen or sees the change, and never falls in between.
 */
export async function lockStages(tx: Transaction, runId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM run_stages WHERE run_id = ${runId}::uuid ORDER BY stage FOR UPDATE`;
}

/**
 * The same for a result of work.
 * @returns false if the run was cancelled meanwhile: then nothing more is added to it
 */
export async function lockWork(tx: Transaction, runId: string): Promise<boolean> {
  await lockStages(tx, runId);
  const run = await tx.run.findUnique({ where: { id: runId }, select: { state: true } });
  return run !== null && run.state !== "cancelled";
}
