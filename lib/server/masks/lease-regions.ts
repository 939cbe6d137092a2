import type { RegionView } from "@/lib/api/contract/masks";
import { type Context, requireAbility } from "../context";
import { inTransaction, Prisma, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { presentRegion, regionInclude } from "./present-region";
import { type QueueFilter, sqlRegion } from "./queue-filter";

/** How long others keep off after the holder's last word. Pages renew every third of it. */
export const leaseSeconds = 90;

export interface NextInput extends QueueFilter {
  session: string;
  limit: number;
  /** Regions that the page has at hand or put off. */
  exclude: string[];
}

/** Leases the next open regions to a page: what it held before, then the oldest that nobody holds. */
export async function nextRegions(
  context: Context,
  input: NextInput,
): Promise<{ items: RegionView[]; leaseSeconds: number }> {
  requireAbility(context, "annotate");
  const ids = await inTransaction(context.studio.db, async (tx) => {
    const own = await lease(
      tx,
      context,
      input,
      Prisma.sql`r.claim_session = ${input.session}::uuid`,
      input.limit,
    );
    const free = Prisma.sql`(r.lease_until IS NULL OR r.lease_until < now())`;
    const missing = input.limit - own.length;
    const more =
      missing > 0
        ? await lease(tx, context, { ...input, exclude: [...input.exclude, ...own] }, free, missing)
        : [];
    if (more.length > 0) await notify(tx, { topic: "masks" });
    return [...own, ...more];
  });
  const rows = await context.studio.db.region.findMany({
    where: { id: { in: ids } },
    include: regionInclude,
  });
  const viewer = { memberId: context.caller.memberId, session: input.session };
  const items = ids
    .flatMap((id) => rows.filter((row) => row.id === id))
    .map((row) => presentRegion(row, viewer));
  return { items, leaseSeconds };
}

/** Takes rows that nobody else is taking at this moment: a row that another transaction looks at is passed over. */
async function lease(
  tx: Transaction,
  { caller }: Context,
  { session, exclude, ...filter }: NextInput,
  which: Prisma.Sql,
  limit: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE regions SET
      claimed_by_id = ${caller.memberId}::uuid,
      claim_session = ${session}::uuid,
      lease_until = now() + make_interval(secs => ${leaseSeconds}::int)
    WHERE id IN (
      SELECT r.id FROM regions r
      WHERE r.project_id = ${caller.projectId}::uuid AND r.state = 'open' AND ${which} AND ${sqlRegion(filter)}
        AND r.id <> ALL (${exclude}::uuid[])
        AND NOT EXISTS (SELECT 1 FROM anchors a WHERE a.id = r.anchor_id AND a.withdrawn_at IS NOT NULL)
      ORDER BY r.id
      LIMIT ${limit}
      FOR UPDATE OF r SKIP LOCKED
    )
    RETURNING id::text`;
  return rows.map(({ id }) => id).sort();
}
