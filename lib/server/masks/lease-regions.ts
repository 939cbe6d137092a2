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
  /** Also what the caller holds in other pages. */
  takeOver?: boolean | undefined;
}

/** Leases the next open regions to a page: what it held before, then the oldest that nobody holds. */
export async function nextRegions(
  context: Context,
  input: NextInput,
): Promise<{ items: RegionView[]; leaseSeconds: number; elsewhere: number }> {
  requireAbility(context, "annotate");
  const ids = await inTransaction(context.studio.db, async (tx) => {
    if (input.takeOver) await takeOver(tx, context, input);
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
  const elsewhere = ids.length < input.limit ? await heldElsewhere(context, input) : 0;
  return { items, leaseSeconds, elsewhere };
}

/** Nobody draws on an image that was withdrawn. */
const drawable = Prisma.sql`
  NOT EXISTS (SELECT 1 FROM anchors a WHERE a.id = r.anchor_id AND a.withdrawn_at IS NOT NULL)`;

/** Open regions of the queue that other pages of the caller's hold. */
const elsewhereSql = ({ caller }: Context, { session, ...filter }: NextInput) => Prisma.sql`
  r.project_id = ${caller.projectId}::uuid AND r.state = 'open' AND r.claimed_by_id = ${caller.memberId}::uuid
  AND r.claim_session <> ${session}::uuid AND r.lease_until > now() AND ${sqlRegion(filter)} AND ${drawable}`;

/** Gives the page what other pages of the caller's hold. What it does not ask for in time is free again. */
async function takeOver(tx: Transaction, context: Context, input: NextInput): Promise<void> {
  const taken = await tx.$executeRaw`
    UPDATE regions r SET
      claim_session = ${input.session}::uuid,
      lease_until = now() + make_interval(secs => ${leaseSeconds}::int)
    WHERE ${elsewhereSql(context, input)}`;
  if (taken > 0) await notify(tx, { topic: "masks" });
}

async function heldElsewhere(context: Context, input: NextInput): Promise<number> {
  const [row] = await context.studio.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM regions r WHERE ${elsewhereSql(context, input)}`;
  return row!.count;
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
        AND ${drawable}
      ORDER BY r.id
      LIMIT ${limit}
      FOR UPDATE OF r SKIP LOCKED
    )
    RETURNING id::text`;
  return rows.map(({ id }) => id).sort();
}
