import { standingBallots } from "@/lib/domain/review/verdict";
import type { SampleState } from "@/lib/domain/sample-state";
import { addToCounters } from "../counters";
import { Prisma, type Transaction } from "../database/client";
import { closeTickets, openTickets } from "../review/route-tickets";
import { uuid7 } from "../uuid7";
import type { BulkWork } from "./bulk-work";

export interface BulkSample {
  id: string;
  version?: number | undefined;
}

export interface LockedRow {
  id: string;
  state: SampleState;
  version: number;
}

/** Locks those of the samples that can be changed: not withdrawn, and as they were seen. In id order, as everywhere. */
export async function lockSamples(
  tx: Transaction,
  projectId: string,
  samples: readonly BulkSample[],
): Promise<LockedRow[]> {
  const rows = await tx.$queryRaw<LockedRow[]>`
    SELECT id, state::text, version FROM samples
    WHERE id = ANY(${samples.map(({ id }) => id)}::uuid[]) AND project_id = ${projectId}::uuid AND NOT withdrawn
    ORDER BY id FOR UPDATE`;
  const seen = new Map(samples.map(({ id, version }) => [id, version]));
  return rows.filter(({ id, version }) => (seen.get(id) ?? version) === version);
}

/** One word of a curator on many samples: it overrides what anybody said before. Returns how many it changed. */
export async function decideInBulk(
  tx: Transaction,
  bulk: BulkWork,
  locked: readonly LockedRow[],
  kind: "approve" | "reject",
): Promise<number> {
  const state = kind === "approve" ? "approved" : "rejected";
  const changing = locked.filter((sample) => sample.state !== state);
  const ids = changing.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.$executeRaw`
    INSERT INTO decisions (id, sample_id, actor_id, bulk_id, kind, purpose, reasons, text_revision, mask_revision, mask_id)
    SELECT g.id, s.id, ${bulk.actorId}::uuid, ${bulk.id}::uuid, ${kind}::decision_kind, 'override',
      ${bulk.reasons}::text[], s.text_revision, s.mask_revision, s.mask_id
    FROM unnest(${ids.map(() => uuid7())}::uuid[], ${ids}::uuid[]) AS g(id, sample_id)
    JOIN samples s ON s.id = g.sample_id`;
  await closeTickets(tx, ids);
  await setState(tx, bulk.projectId, changing, state);
  return ids.length;
}

/** Takes every standing word on decided samples back, so that they wait for people again. */
export async function reopenInBulk(
  tx: Transaction,
  bulk: BulkWork,
  locked: readonly LockedRow[],
): Promise<number> {
  const changing = locked.filter(({ state }) => state !== "pending");
  const ids = changing.map(({ id }) => id);
  if (ids.length === 0) return 0;
  const decisions = await tx.decision.findMany({
    where: { sampleId: { in: ids }, purpose: { not: "gold" } },
    orderBy: { id: "asc" },
    select: { id: true, sampleId: true, kind: true, undoesId: true },
  });
  await insertUndos(
    tx,
    bulk.actorId,
    bulk.id,
    standingBallots(decisions).map(({ id }) => id),
  );
  await tx.$executeRaw`
    UPDATE assignments SET state = 'released', slot = NULL, finished_at = now()
    WHERE sample_id = ANY(${ids}::uuid[]) AND state = 'done' AND purpose <> 'gold'`;
  await tx.$executeRaw`
    INSERT INTO bulk_items (bulk_id, sample_id) SELECT ${bulk.id}::uuid, unnest(${ids}::uuid[])`;
  await setState(tx, bulk.projectId, changing, "pending");
  await openTickets(tx, ids, "review");
  return ids.length;
}

/** Appends an undo for each of the decisions. */
export async function insertUndos(
  tx: Transaction,
  actorId: string | null,
  bulkId: string,
  decisionIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO decisions (id, sample_id, actor_id, bulk_id, kind, purpose, reasons, text_revision, mask_revision,
      mask_id, assignment_id, undoes_id)
    SELECT g.id, d.sample_id, ${actorId}::uuid, ${bulkId}::uuid, 'undo', d.purpose, '{}', d.text_revision,
      d.mask_revision, d.mask_id, d.assignment_id, d.id
    FROM unnest(${decisionIds.map(() => uuid7())}::uuid[], ${[...decisionIds]}::uuid[]) AS g(id, decision_id)
    JOIN decisions d ON d.id = g.decision_id`;
}

/**
 * Writes a state on locked samples, with the counts that go with it. Late in a transaction: other people's decisions
 * wait for the counts.
 */
export async function setState(
  tx: Transaction,
  projectId: string,
  samples: readonly LockedRow[],
  state: SampleState,
): Promise<void> {
  const ids = samples.map(({ id }) => id);
  const decidedAt = state === "pending" ? Prisma.sql`NULL` : Prisma.sql`now()`;
  await tx.$executeRaw`
    UPDATE samples SET state = ${state}::sample_state, version = version + 1, decided_at = ${decidedAt}
    WHERE id = ANY(${ids}::uuid[])`;
  const changes = { "samples.pending": 0, "samples.approved": 0, "samples.rejected": 0 };
  for (const sample of samples) {
    changes[`samples.${sample.state}`]--;
    changes[`samples.${state}`]++;
  }
  await addToCounters(tx, projectId, changes);
}
