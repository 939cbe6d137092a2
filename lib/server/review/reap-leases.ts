import type { Transaction } from "../database/client";
import { dropAllCursors } from "./claim-cursors";

/** Leases ended in one go: enough to keep up with 50 reviewers, few enough to take no time. */
const atOnce = 100;

/** A process looks this often at most. */
const everyMs = 1000;
const reapedAt = new Map<string, number>();

/** The next claim looks again. */
export function reapAtOnce(): void {
  reapedAt.clear();
}

/**
 * Gives slots back whose leases ran out. Called with every claim; what somebody is just working on is skipped and
 * never waited for.
 */
export async function reapLeases(tx: Transaction, projectId: string): Promise<number> {
  const now = Date.now();
  if (now - (reapedAt.get(projectId) ?? 0) < everyMs) return 0;
  reapedAt.set(projectId, now);
  const [{ count } = { count: 0 }] = await tx.$queryRaw<{ count: number }[]>`
    WITH due AS (
      SELECT a.id, a.sample_id, a.slot FROM assignments a JOIN review_tickets t ON t.sample_id = a.sample_id
      WHERE a.project_id = ${projectId}::uuid AND a.state = 'held' AND a.lease_until < now() AND a.slot IS NOT NULL
      ORDER BY a.lease_until LIMIT ${atOnce} FOR UPDATE OF a, t SKIP LOCKED
    ), ended AS (
      UPDATE assignments SET state = 'expired', slot = NULL, finished_at = now() FROM due WHERE assignments.id = due.id
    ), freed AS (
      UPDATE review_tickets t SET slots = t.slots & ~(CASE WHEN due.slot = 0 THEN 32 ELSE 1 << (due.slot - 1) END)
      FROM due WHERE t.sample_id = due.sample_id RETURNING 1
    ), gold AS (
      UPDATE assignments SET state = 'expired', finished_at = now() WHERE id IN (
        SELECT id FROM assignments
        WHERE project_id = ${projectId}::uuid AND state = 'held' AND lease_until < now() AND slot IS NULL
        ORDER BY lease_until LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
    )
    SELECT count(*)::int AS count FROM freed`;
  if (count > 0) dropAllCursors();
  return count;
}
