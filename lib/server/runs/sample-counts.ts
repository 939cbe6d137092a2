import type { RunView } from "@/lib/api/contract/runs";
import type { Transaction } from "../database/client";

/** Samples of each run by state, from the maintained counts. */
export async function sampleCounts(
  tx: Transaction,
  runIds: string[],
): Promise<(runId: string) => RunView["samples"]> {
  const rows = await tx.runSampleCount.findMany({ where: { runId: { in: runIds } } });
  return (runId) => {
    const count = (state: string) =>
      rows.find((row) => row.runId === runId && row.state === state)?.count ?? 0;
    return { pending: count("pending"), approved: count("approved"), rejected: count("rejected") };
  };
}
