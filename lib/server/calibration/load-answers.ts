import type { Ratings } from "@/lib/domain/agreement/ratings";
import type { Context } from "../context";

/** Samples with several answers that are looked at, the newest. */
export const mostCompared = 20_000;
/** What a rater can say: of the sample, or of a reason (given or not). */
export const answers = ["approve", "reject"] as const;

/** A sample with each reviewer's last standing answer, by member. */
export interface Answered {
  editType: string;
  answers: Map<string, { kind: string; reasons: ReadonlySet<string> }>;
}

/** Each rater's verdict on each sample. */
export function verdicts(samples: readonly Answered[], raters: readonly string[]): Ratings {
  return samples.map((sample) => raters.map((rater) => sample.answers.get(rater)?.kind ?? null));
}

/** Whether each rater gave the reason or not, on samples that one of them rejected. */
export function reasonGiven(
  samples: readonly Answered[],
  raters: readonly string[],
  reason: string,
): Ratings {
  return samples
    .filter((sample) => [...sample.answers.values()].some(({ kind }) => kind === "reject"))
    .map((sample) =>
      raters.map((rater) => {
        const answer = sample.answers.get(rater);
        return answer ? (answer.reasons.has(reason) ? "approve" : "reject") : null;
      }),
    );
}

/**
 * Each person's last standing answer on samples that two or more people answered on their own: reviews, audits and
 * gold samples. Adjudications and overrides see the others' answers, so they say nothing of agreement.
 */
export async function loadAnswers({ studio, caller }: Context): Promise<Answered[]> {
  const rows = await studio.db.$queryRaw<
    { sampleId: string; editType: string; actorId: string; kind: string; reasons: string[] }[]
  >`
    WITH shared AS (
      SELECT a.sample_id FROM assignments a
      WHERE a.project_id = ${caller.projectId}::uuid AND a.state = 'done' AND a.purpose IN ('review', 'audit', 'gold')
      GROUP BY a.sample_id HAVING count(*) > 1 ORDER BY a.sample_id DESC LIMIT ${mostCompared})
    SELECT DISTINCT ON (d.sample_id, d.actor_id) d.sample_id AS "sampleId", s.edit_type AS "editType",
      d.actor_id AS "actorId", d.kind::text, d.reasons
    FROM shared JOIN samples s ON s.id = shared.sample_id JOIN decisions d ON d.sample_id = s.id
    WHERE d.actor_id IS NOT NULL AND d.kind <> 'undo' AND d.purpose IN ('review', 'audit', 'gold')
      AND d.bulk_id IS NULL AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)
    ORDER BY d.sample_id, d.actor_id, d.id DESC`;
  const samples = new Map<string, Answered>();
  for (const { sampleId, editType, actorId, kind, reasons } of rows) {
    const sample = samples.get(sampleId) ?? { editType, answers: new Map() };
    sample.answers.set(actorId, { kind, reasons: new Set(reasons) });
    samples.set(sampleId, sample);
  }
  return [...samples.values()].filter((sample) => sample.answers.size > 1);
}
