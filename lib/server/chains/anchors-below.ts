import type { Transaction } from "../database/client";

/**
 * The standing anchors of all later turns that grew from what was made of an anchor: withdrawn with it, since they
 * hold its picture still.
 */
export async function anchorsBelow(tx: Transaction, anchorId: string) {
  return tx.$queryRaw<{ id: string; caption: string }[]>`
    WITH RECURSIVE below(id) AS (
      SELECT ${anchorId}::uuid
      UNION
      SELECT later.id
      FROM below
      JOIN edits ON edits.anchor_id = below.id
      JOIN candidates ON candidates.edit_id = edits.id
      JOIN samples ON samples.candidate_id = candidates.id
      JOIN anchors later ON later.parent_sample_id = samples.id
    )
    SELECT anchors.id, anchors.caption
    FROM below JOIN anchors USING (id)
    WHERE anchors.id <> ${anchorId}::uuid AND anchors.withdrawn_at IS NULL`;
}
