import type { Transaction } from "../database/client";

/**
 * Locks a run's stage rows, in the order in which workers lock them. Whoever changes the run itself does this first:
 * the last result of a worker is then either seen or sees the change, and never falls in between.
 */
export async function lockStages(tx: Transaction, runId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM run_stages WHERE run_id = ${runId}::uuid ORDER BY stage FOR UPDATE`;
}
