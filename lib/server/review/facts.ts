import type { Ballot } from "@/lib/domain/review/verdict";
import type { Transaction } from "../database/client";
import type { OwnAssignment } from "./cast-role";

/** What a decision is judged by, read in one statement after the sample and its ticket are locked. */
export interface DecisionFacts {
  reviewersPerSample: number;
  own: OwnAssignment | null;
  /** All decisions so far, oldest first. */
  ballots: Ballot[];
  /** Who else holds it or decided on it. */
  others: { name: string; state: string; until: string }[];
}

export async function loadFacts(
  tx: Transaction,
  projectId: string,
  sampleId: string,
  memberId: string,
): Promise<DecisionFacts> {
  const [facts] = await tx.$queryRaw<DecisionFacts[]>`
    SELECT
      coalesce((SELECT reviewers_per_sample FROM review_settings WHERE project_id = ${projectId}::uuid), 1)
        AS "reviewersPerSample",
      (SELECT jsonb_build_object('id', id, 'purpose', purpose, 'state', state, 'slot', slot) FROM assignments
        WHERE sample_id = ${sampleId}::uuid AND reviewer_id = ${memberId}::uuid) AS own,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'actorId', actor_id, 'kind', kind, 'purpose', purpose,
          'undoesId', undoes_id) ORDER BY created_at, id)
        FROM decisions WHERE sample_id = ${sampleId}::uuid), '[]') AS ballots,
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', m.name, 'state', a.state,
          'until', to_char(a.lease_until AT TIME ZONE 'UTC', 'HH24:MI')))
        FROM assignments a JOIN members m ON m.id = a.reviewer_id
        WHERE a.sample_id = ${sampleId}::uuid AND a.reviewer_id <> ${memberId}::uuid AND a.purpose <> 'gold'
          AND a.state IN ('held', 'done')), '[]') AS others`;
  return facts!;
}
