import type { Transaction } from "../database/client";
import { uuid7 } from "../uuid7";
import type { ClaimedTicket } from "./claim-tickets";
import type { TicketClaim } from "./eligible-tickets";

/**
 * Hands out up to `count` gold samples that the reviewer has never had, in an order of the reviewer's own. They look
 * like any other review.
 */
export async function claimGold(
  tx: Transaction,
  claim: TicketClaim,
  count: number,
): Promise<ClaimedTicket[]> {
  if (count === 0) return [];
  const ids = Array.from({ length: count }, () => uuid7());
  return tx.$queryRaw<ClaimedTicket[]>`
    WITH picked AS (
      SELECT g.sample_id, s.text_revision, s.mask_revision
      FROM gold_answers g JOIN samples s ON s.id = g.sample_id
      WHERE g.project_id = ${claim.projectId}::uuid AND g.retired_at IS NULL AND NOT s.withdrawn
        AND g.author_id <> ${claim.reviewerId}::uuid
        AND NOT EXISTS (SELECT 1 FROM assignments a
          WHERE a.sample_id = g.sample_id AND a.reviewer_id = ${claim.reviewerId}::uuid
            AND a.state IN ('held', 'done'))
        AND NOT EXISTS (SELECT 1 FROM decisions d
          WHERE d.sample_id = g.sample_id AND d.actor_id = ${claim.reviewerId}::uuid)
      ORDER BY hashtext(g.sample_id::text || ${claim.reviewerId}) LIMIT ${count}
    )
    INSERT INTO assignments (id, project_id, sample_id, reviewer_id, purpose, draw_order, no_probability, blind, scope, text_revision,
      mask_revision, lease_until)
    SELECT (${ids}::uuid[])[row_number() OVER ()], ${claim.projectId}::uuid, sample_id, ${claim.reviewerId}::uuid,
      'gold', ${claim.order}::draw_order, 'gold', ${claim.blind}, '{}', text_revision, mask_revision,
      now() + make_interval(secs => ${claim.leaseSeconds})
    FROM picked
    ON CONFLICT (sample_id, reviewer_id) DO UPDATE SET state = 'held', purpose = 'gold', slot = NULL,
      draw_order = EXCLUDED.draw_order, probability = NULL, no_probability = 'gold', pool = NULL, blind = EXCLUDED.blind,
      lease_until = EXCLUDED.lease_until, claimed_at = now(), finished_at = NULL
      WHERE assignments.state IN ('released', 'expired')
    RETURNING id AS "assignmentId", sample_id AS "sampleId", 'review' AS purpose, lease_until AS "leaseUntil"`;
}
