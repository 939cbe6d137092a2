import type { Database } from "../database/client";

export interface ChainPlace {
  chainId: string | null;
  turnIndex: number;
  previousId: string | null;
}

/**
 * Where each sample of a release stands in its chain, so far as the release holds it: a turn whose previous one is
 * not in the release begins a chain of its own.
 */
export async function chainsOfRelease(
  db: Database,
  releaseId: string,
): Promise<(sampleId: string) => ChainPlace> {
  const links = await db.$queryRaw<{ sample_id: string; parent_id: string }[]>`
    SELECT own.sample_id, anchors.parent_sample_id AS parent_id
    FROM release_samples own
    JOIN samples ON samples.id = own.sample_id
    JOIN candidates ON candidates.id = samples.candidate_id
    JOIN edits ON edits.id = candidates.edit_id
    JOIN anchors ON anchors.id = edits.anchor_id
    JOIN release_samples parent
      ON parent.release_id = own.release_id AND parent.sample_id = anchors.parent_sample_id
    WHERE own.release_id = ${releaseId}::uuid AND anchors.withdrawn_at IS NULL`;
  const previous = new Map(links.map((link) => [link.sample_id, link.parent_id]));
  const parents = new Set(previous.values());
  return (sampleId) => {
    let first = sampleId;
    let turnIndex = 1;
    for (let before = previous.get(first); before; before = previous.get(first)) {
      first = before;
      turnIndex++;
    }
    if (turnIndex === 1 && !parents.has(sampleId)) return { chainId: null, turnIndex: 0, previousId: null };
    return { chainId: first, turnIndex, previousId: previous.get(sampleId) ?? null };
  };
}
