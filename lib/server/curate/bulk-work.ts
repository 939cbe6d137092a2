import { type SampleFilter, sampleFilter } from "@/lib/api/contract/curate";
import type { Transaction } from "../database/client";

/** An action on many samples, as far as doing it and taking it back need to know it. */
export interface BulkWork {
  id: string;
  projectId: string;
  kind: "tag" | "untag" | "approve" | "reject" | "reopen" | "policy";
  actorId: string | null;
  tagId: string | null;
  reasons: string[];
  filter: SampleFilter | null;
  cursor: string | null;
  state: "queued" | "running" | "succeeded" | "failed";
  stoppedAt: Date | null;
  undoneAt: Date | null;
  undoneById: string | null;
}

/** Takes the action for this transaction: its blocks, stopping it and taking it back come one after the other. */
export async function lockBulk(tx: Transaction, id: string): Promise<BulkWork> {
  await tx.$queryRaw`SELECT 1 FROM bulk_actions WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.bulkAction.findUniqueOrThrow({ where: { id } });
  return { ...row, filter: row.filter === null ? null : sampleFilter.parse(row.filter) };
}
