import type { DrawOrder } from "@/lib/api/contract/review";
import { adjudicatorBit } from "@/lib/domain/review/slots";
import { Prisma, type Transaction } from "../database/client";
import { uuid7 } from "../uuid7";
import { type ClaimPosition, dropCursor, readCursor, writeCursor } from "./claim-cursors";
import { countPool } from "./count-pool";
import { hadBy, inScope, slotsMask, type TicketClaim } from "./eligible-tickets";

export interface ClaimedTicket {
  assignmentId: string;
  sampleId: string;
  purpose: "review" | "adjudication" | "audit";
  leaseUntil: Date;
}

interface Row extends ClaimedTicket {
  rank: string | number | null;
}

/** The column of each order besides the id, which is the last key of all. */
const ranks: Record<DrawOrder, { column: Prisma.Sql; type: Prisma.Sql } | null> = {
  oldest: null,
  random: { column: Prisma.sql`t.shuffle`, type: Prisma.sql`int` },
  uncertain: { column: Prisma.sql`t.uncertainty`, type: Prisma.sql`real` },
  "edit-type": { column: Prisma.sql`t.edit_type`, type: Prisma.sql`text` },
};

/**
 * Takes up to `limit` free slots for a reviewer who has never had those samples; when fewer are left, also samples
 * that the reviewer gave back. Each statement walks an index of `review_tickets` in the order asked for and skips
 * what another transaction has locked, so that claims never wait for each other. A slot is marked taken only where
 * the assignment could be made: two pages of one person that ask at once cannot get the same sample, nor lose a slot.
 */
export async function claimTickets(tx: Transaction, claim: TicketClaim): Promise<ClaimedTicket[]> {
  const key = [claim.reviewerId, claim.purpose, claim.order, claim.runId, claim.editType].join("/");
  const after = readCursor(key);
  const pool = claim.order === "random" ? await countPool(tx, claim) : null;
  const taken = await take(tx, claim, after, pool, claim.limit);
  const last = taken.at(-1);
  if (last) writeCursor(key, { rank: last.rank, sampleId: last.sampleId });
  if (taken.length < claim.limit && after) {
    dropCursor(key);
    taken.push(...(await take(tx, claim, null, pool, claim.limit - taken.length)));
  }
  if (taken.length < claim.limit) {
    taken.push(...(await take(tx, claim, null, "again", claim.limit - taken.length)));
  }
  return taken;
}

/**
 * One walk along the index. With `again`, only samples that the reviewer gave back or let run out; else `pool` is how
 * many a random draw can hit.
 */
async function take(
  tx: Transaction,
  claim: TicketClaim,
  after: ClaimPosition | null,
  pool: number | null | "again",
  limit: number,
): Promise<Row[]> {
  const { purpose, reviewersPerSample, reviewerId, order } = claim;
  const adjudicating = purpose === "adjudication";
  const again = pool === "again";
  const mask = slotsMask(claim);
  // With a type asked for, the order by type is the order by age.
  const rank = order === "edit-type" && claim.editType ? null : ranks[order];
  const keys = rank ? Prisma.sql`${rank.column}, t.sample_id` : Prisma.sql`t.sample_id`;
  const beyond =
    after &&
    (rank
      ? Prisma.sql`AND (${keys}) > (${after.rank}::${rank.type}, ${after.sampleId}::uuid)`
      : Prisma.sql`AND t.sample_id > ${after.sampleId}::uuid`);
  const had = hadBy(reviewerId);
  const { probability, reason } = chanceOf(claim, pool);
  const ids = Array.from({ length: limit }, () => uuid7());
  return tx.$queryRaw<Row[]>`
    WITH picked AS (
      SELECT t.sample_id, t.slots, t.probability, ${rank?.column ?? Prisma.sql`NULL`} AS rank
      FROM review_tickets t
      WHERE ${inScope(claim)} ${beyond ?? Prisma.empty}
        AND t.slots & ${mask} <> ${mask}
        AND ${again ? Prisma.sql`EXISTS (SELECT 1 ${had} AND a.state IN ('released', 'expired'))` : Prisma.sql`NOT EXISTS (SELECT 1 ${had})`}
        AND t.sample_id <> ALL(${claim.have}::uuid[])
      ORDER BY ${keys} LIMIT ${limit} FOR UPDATE OF t SKIP LOCKED
    ), numbered AS (
      SELECT *, ${adjudicating ? Prisma.sql`0` : freeSlotSql(reviewersPerSample)} AS slot FROM picked
    ), made AS (
      INSERT INTO assignments (id, project_id, sample_id, reviewer_id, purpose, slot, draw_order, probability,
        no_probability, pool, blind, scope, text_revision, mask_revision, lease_until)
      SELECT (${ids}::uuid[])[row_number() OVER ()], s.project_id, s.id, ${reviewerId}::uuid, ${purpose}::review_purpose, n.slot,
        ${order}::draw_order,
        ${purpose === "audit" ? Prisma.sql`n.probability` : Prisma.sql`${probability}::float8`},
        ${reason}::no_probability, ${again ? null : pool}::int, ${claim.blind}, ${scopeOf(claim)}::jsonb, s.text_revision, s.mask_revision,
        now() + make_interval(secs => ${claim.leaseSeconds})
      FROM numbered n JOIN samples s ON s.id = n.sample_id
      ON CONFLICT (sample_id, reviewer_id) DO UPDATE SET state = 'held', slot = EXCLUDED.slot,
        purpose = EXCLUDED.purpose, draw_order = EXCLUDED.draw_order, probability = EXCLUDED.probability,
        no_probability = EXCLUDED.no_probability, pool = EXCLUDED.pool, blind = EXCLUDED.blind, scope = EXCLUDED.scope, text_revision = EXCLUDED.text_revision,
        mask_revision = EXCLUDED.mask_revision, lease_until = EXCLUDED.lease_until, claimed_at = now(),
        finished_at = NULL
      WHERE assignments.state IN ('released', 'expired')
      RETURNING id, sample_id, lease_until
    ), marked AS (
      UPDATE review_tickets t
      SET slots = t.slots | (CASE WHEN n.slot = 0 THEN ${Prisma.raw(String(adjudicatorBit))} ELSE 1 << (n.slot - 1) END)
      FROM numbered n JOIN made USING (sample_id) WHERE t.sample_id = n.sample_id
    )
    SELECT made.id AS "assignmentId", made.sample_id AS "sampleId", ${purpose} AS purpose,
      made.lease_until AS "leaseUntil", n.rank
    FROM made JOIN numbered n USING (sample_id) ORDER BY ${rank ? Prisma.sql`n.rank,` : Prisma.empty} made.sample_id`;
}

/** The chance of each sample to be in this draw: as many as are wanted, of all that could be. */
function chanceOf({ purpose, limit }: TicketClaim, pool: number | null | "again") {
  // An audit's chance is its ticket's, whatever the order.
  if (purpose === "audit") return { probability: null, reason: null };
  if (pool === "again") return { probability: null, reason: "again" };
  if (!pool) return { probability: null, reason: "ordered" };
  return { probability: Math.min(1, limit / pool), reason: null };
}

/** The lowest slot whose bit is not set. */
function freeSlotSql(reviewers: number): Prisma.Sql {
  const cases = Array.from(
    { length: reviewers },
    (_, index) => `WHEN slots & ${1 << index} = 0 THEN ${index + 1}`,
  );
  return Prisma.raw(`CASE ${cases.join(" ")} END`);
}

function scopeOf({ runId, editType }: TicketClaim): string {
  return JSON.stringify({ ...(runId && { runId }), ...(editType && { editType }) });
}
