import type { RegionView } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { notify } from "../events/notify";
import { regionRow } from "./get-region";
import { leaseSeconds } from "./lease-regions";
import { presentRegion } from "./present-region";
import { requireDrawing } from "./require-drawing";

/** Leases one region to a page; what other people hold stays with them. */
export async function claimRegion(
  context: Context,
  { id, session, takeOver }: { id: string; session: string; takeOver: boolean },
): Promise<RegionView> {
  await requireDrawing(context, [id]);
  const { db } = context.studio;
  const { memberId } = context.caller;
  const before = await regionRow(db, context, id);
  const taken = await db.$executeRaw`
    UPDATE regions SET
      claimed_by_id = ${memberId}::uuid,
      claim_session = ${session}::uuid,
      lease_until = now() + make_interval(secs => ${leaseSeconds}::int)
    WHERE id = ${id}::uuid
      AND ((${takeOver} AND claimed_by_id = ${memberId}::uuid) OR claim_session = ${session}::uuid OR lease_until IS NULL OR lease_until < now())`;
  if (taken === 0) {
    const message =
      before.claimedBy?.id === memberId
        ? "You have this region open in another page; close it there, or take it over."
        : `${before.claimedBy?.name ?? "Somebody"} has this region open in another page; ask for it, or come back later.`;
    throw new UserError("conflict", message, "id");
  }
  await notify(db, { topic: "masks", id });
  return presentRegion(await regionRow(db, context, id), { memberId, session });
}

/** Extends the leases of a page. A lease that ran out is taken again unless somebody else has the region now. */
export async function renewLeases(context: Context, { session, ids }: { session: string; ids: string[] }) {
  await requireDrawing(context, ids);
  const rows = await context.studio.db.$queryRaw<{ id: string; until: Date }[]>`
    UPDATE regions SET
      claimed_by_id = ${context.caller.memberId}::uuid,
      claim_session = ${session}::uuid,
      lease_until = now() + make_interval(secs => ${leaseSeconds}::int)
    WHERE id = ANY (${ids}::uuid[]) AND project_id = ${context.caller.projectId}::uuid
      AND (claim_session = ${session}::uuid OR lease_until IS NULL OR lease_until < now())
    RETURNING id::text, lease_until AS until`;
  const kept = new Set(rows.map(({ id }) => id));
  const lost = ids.filter((id) => !kept.has(id.toLowerCase()));
  const yours = await context.studio.db.region.findMany({
    where: { id: { in: lost }, claimedById: context.caller.memberId, leaseUntil: { gt: new Date() } },
    select: { id: true },
  });
  return {
    until: rows[0]?.until ?? new Date(Date.now() + leaseSeconds * 1000),
    lost,
    yours: yours.map(({ id }) => id),
  };
}

/** Gives regions back at once, as when a page closes. */
export async function releaseRegions(context: Context, { session, ids }: { session: string; ids: string[] }) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const { count } = await db.region.updateMany({
    where: { id: { in: ids }, projectId: context.caller.projectId, claimSession: session },
    data: { claimedById: null, claimSession: null, leaseUntil: null },
  });
  if (count > 0) await notify(db, { topic: "masks" });
  return { released: count };
}
