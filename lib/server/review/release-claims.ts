import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { dropAllCursors } from "./claim-cursors";

/** Gives the caller's undecided samples back at once, so that others need not wait for the leases. */
export async function releaseClaims(context: Context, { assignmentIds }: { assignmentIds: string[] }) {
  requireAbility(context, "review");
  if (assignmentIds.length === 0) return { released: 0 };
  const released = await inTransaction(context.studio.db, async (tx) => {
    // Tickets first, in the order of ids: nobody can wait in a circle.
    await tx.$executeRaw`
      SELECT 1 FROM review_tickets WHERE sample_id IN (
        SELECT sample_id FROM assignments WHERE id = ANY(${assignmentIds}::uuid[])) ORDER BY sample_id FOR UPDATE`;
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      WITH given AS (
        SELECT id, sample_id, slot FROM assignments
        WHERE id = ANY(${assignmentIds}::uuid[]) AND reviewer_id = ${context.caller.memberId}::uuid AND state = 'held'
        FOR UPDATE
      ), ended AS (
        UPDATE assignments a SET state = 'released', slot = NULL, finished_at = now() FROM given WHERE a.id = given.id
        RETURNING 1
      ), freed AS (
        UPDATE review_tickets t
        SET slots = t.slots & ~(CASE WHEN given.slot = 0 THEN 32 ELSE 1 << (given.slot - 1) END)
        FROM given WHERE t.sample_id = given.sample_id AND given.slot IS NOT NULL
      )
      SELECT count(*)::int AS count FROM ended`;
    await notify(tx, { topic: "review" });
    return row!.count;
  });
  dropAllCursors();
  return { released };
}
