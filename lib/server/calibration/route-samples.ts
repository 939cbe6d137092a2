import type { Studio } from "../context";
import { inTransaction, Prisma, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { activePolicy, lockRoutable, routeBlock } from "./route-block";

/** Samples decided in one transaction. */
const blockSize = 1000;

/**
 * Lets the project's model policy decide on every pending sample. Each block commits on its own; samples say
 * themselves which policy has seen them, so that a killed worker goes on where it stopped.
 */
export async function routeSamples(studio: Studio, policyId: string, signal?: AbortSignal): Promise<void> {
  const row = await studio.db.selectionPolicy.findUniqueOrThrow({ where: { id: policyId } });
  for (let after: string | null = null; !signal?.aborted; ) {
    const last: string | null | "stopped" = await inTransaction(
      studio.db,
      async (tx) => {
        const policy = await activePolicy(tx, row.projectId);
        if (policy?.id !== policyId) return "stopped";
        const samples = await lockRoutable(
          tx,
          policy,
          after ? Prisma.sql`s.id > ${after}::uuid` : Prisma.sql`true`,
          blockSize,
        );
        if (samples.length === 0) return null;
        await routeBlock(tx, policy, samples);
        await notify(tx, { topic: "samples" });
        return samples.at(-1)!.id;
      },
      { timeoutMs: 60_000 },
    );
    if (last === null || last === "stopped") {
      await finish(studio, policyId);
      return;
    }
    after = last;
  }
  // The worker was told to stop: the queue hands the job to another.
  throw new Error("The worker stopped before every sample had been routed.");
}

/** Samples that a run has just made, in its transaction: decided at once where a policy does so. */
export async function routeNewSamples(
  tx: Transaction,
  projectId: string,
  candidateIds: readonly string[],
): Promise<void> {
  if (candidateIds.length === 0) return;
  const policy = await activePolicy(tx, projectId);
  if (!policy) return;
  const samples = await lockRoutable(
    tx,
    policy,
    Prisma.sql`s.candidate_id = ANY(${[...candidateIds]}::uuid[])`,
    candidateIds.length,
  );
  if (samples.length > 0) await routeBlock(tx, policy, samples);
}

async function finish({ db }: Studio, policyId: string): Promise<void> {
  await db.bulkAction.updateMany({
    where: { policyId, kind: "policy", undoneAt: null, state: { in: ["queued", "running"] } },
    data: { state: "succeeded", finishedAt: new Date() },
  });
}

/** Every attempt failed: says so where people see it. What was decided until then stands. */
export async function failRouting({ db }: Studio, policyId: string, message: string): Promise<void> {
  await db.bulkAction.updateMany({
    where: { policyId, kind: "policy", state: { in: ["queued", "running"] } },
    data: { state: "failed", message, finishedAt: new Date() },
  });
}
