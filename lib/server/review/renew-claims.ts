import { type Context, requireAbility } from "../context";
import { loadSettings } from "./review-settings";

/** Prolongs the caller's leases that still run or whose slots nobody took back yet. */
export async function renewClaims(context: Context, { assignmentIds }: { assignmentIds: string[] }) {
  requireAbility(context, "review");
  const { db } = context.studio;
  const { leaseSeconds } = await loadSettings(db, context.caller.projectId);
  const leaseUntil = new Date(Date.now() + leaseSeconds * 1000);
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE assignments SET lease_until = ${leaseUntil}
    WHERE id = ANY(${assignmentIds}::uuid[]) AND reviewer_id = ${context.caller.memberId}::uuid AND state = 'held'
    RETURNING id`;
  return { leaseUntil, renewed: rows.map(({ id }) => id) };
}
