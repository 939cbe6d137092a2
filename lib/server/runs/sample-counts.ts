import type { RunView } from "@/lib/api/contract/runs";
import type { Transaction } from "../database/client";

/** Samples of each run by state. */
export async function sampleCounts(
  tx: Transaction,
  runIds: string[],
): Promise<(runId: string) => RunView["samples"]> {
  const groups = await tx.sample.groupBy({
    by: ["runId", "state"],
    where: { runId: { in: runIds } },
    _count: true,
  });
  return (runId) => {
    const count = (state: string) =>
      groups.find((group) => group.runId === runId && group.state === state)?._count ?? 0;
    return { pending: count("pending"), approved: count("approved"), rejected: count("rejected") };
  };
}
