import { UserError } from "@/lib/domain/errors";
import type { SampleState } from "@/lib/domain/sample-state";
import type { Transaction } from "../database/client";

export interface LockedSample {
  id: string;
  state: SampleState;
  version: number;
  textRevision: number;
  maskRevision: number;
  maskId: string | null;
  runId: string;
  candidateId: string;
  returnedToId: string | null;
  withdrawn: boolean;
  /** A policy decided on it, and it was drawn for people to check that. */
  audited: boolean;
}

export interface LockedTicket {
  purpose: "review" | "adjudication" | "audit";
  slots: number;
  probability: number;
}

/**
 * Takes a sample for this transaction, then its ticket: whatever changes a sample does it in this order, and claims
 * skip what is locked, so that nothing waits in a circle. The sample's key stays free for the foreign keys of rows that
 * a claim adds while it has the ticket.
 */
export async function lockSample(
  tx: Transaction,
  projectId: string,
  id: string,
): Promise<{ sample: LockedSample; ticket: LockedTicket | null }> {
  const [sample] = await tx.$queryRaw<LockedSample[]>`
    SELECT id, state::text, version, text_revision AS "textRevision", mask_revision AS "maskRevision",
      coalesce(mask_id, (SELECT mask_id FROM candidates c WHERE c.id = candidate_id)) AS "maskId",
      run_id AS "runId", candidate_id AS "candidateId", returned_to_id AS "returnedToId", withdrawn,
      coalesce(route IN ('audit-accept', 'audit-reject'), false) AS audited
    FROM samples WHERE id = ${id}::uuid AND project_id = ${projectId}::uuid FOR NO KEY UPDATE`;
  if (!sample || sample.withdrawn) {
    throw new UserError("not-found", "There is no such sample, or its anchor was withdrawn.", "id");
  }
  const [ticket] = await tx.$queryRaw<LockedTicket[]>`
    SELECT purpose::text, slots, probability FROM review_tickets WHERE sample_id = ${id}::uuid FOR UPDATE`;
  return { sample, ticket: ticket ?? null };
}
