import type { Transaction } from "../database/client";
import { dropAllCursors } from "./claim-cursors";

/** Takes samples out of people's queues, because a policy decided on them. What is in somebody's hands is given back. */
export async function closeTickets(tx: Transaction, sampleIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (DELETE FROM review_tickets WHERE sample_id = ANY(${sampleIds}::uuid[]))
    UPDATE assignments SET state = 'released', slot = NULL, finished_at = now()
    WHERE sample_id = ANY(${sampleIds}::uuid[]) AND state = 'held' AND purpose <> 'gold'`;
}

/**
 * Puts samples into people's queues: pending ones for review, decided ones for audit.
 * @param probability the chance with which each was drawn into the audit; 1 for reviews
 */
export async function openTickets(
  tx: Transaction,
  sampleIds: readonly string[],
  purpose: "review" | "audit",
  probability = 1,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO review_tickets (sample_id, project_id, run_id, edit_type, purpose, slots, uncertainty, shuffle, probability)
    SELECT s.id, s.project_id, s.run_id, s.edit_type, ${purpose}::review_purpose,
      coalesce((SELECT bit_or(CASE WHEN slot = 0 THEN 32 ELSE 1 << (slot - 1) END) FROM assignments
        WHERE sample_id = s.id AND slot IS NOT NULL), 0),
      coalesce(s.uncertainty, 1), (random() * 2147483647)::int, ${probability}
    FROM samples s WHERE s.id = ANY(${sampleIds}::uuid[]) AND NOT s.withdrawn AND s.returned_to_id IS NULL
    ON CONFLICT (sample_id) DO UPDATE SET purpose = EXCLUDED.purpose, probability = EXCLUDED.probability`;
  dropAllCursors();
}
