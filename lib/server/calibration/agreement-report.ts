import type { AgreementReport, AgreementView } from "@/lib/api/contract/calibration";
import { fleissKappa, gwetAc1, rawAgreement } from "@/lib/domain/agreement/chance-corrected";
import { cohenKappa, crossTable } from "@/lib/domain/agreement/cohen-kappa";
import { krippendorffAlpha } from "@/lib/domain/agreement/krippendorff-alpha";
import { countRatings, type Ratings } from "@/lib/domain/agreement/ratings";
import { exactInterval } from "@/lib/domain/statistics/proportion-bounds";
import { type Context, requireAbility } from "../context";

/** Samples with several answers that are looked at, the newest. */
export const mostCompared = 20_000;
/** Resamples of Krippendorff's α: enough for two digits of its interval. */
const rounds = 500;
const answers = ["approve", "reject"] as const;

interface Answered {
  editType: string;
  answers: Map<string, { kind: string; reasons: ReadonlySet<string> }>;
}

/** How far reviewers agree: all, by edit type, by reason, pair by pair, and each with the gold samples. */
export async function agreementReport(context: Context): Promise<AgreementReport> {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const samples = await loadAnswers(context);
  const members = await studio.db.member.findMany({ where: { projectId: caller.projectId } });
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const raters = [...new Set(samples.flatMap((sample) => [...sample.answers.keys()]))].sort();
  const of = (chosen: readonly Answered[]) => agreementOf(verdicts(chosen, raters));
  const reasons = await studio.db.rejectReason.findMany({
    where: { projectId: caller.projectId, deletedAt: null },
    orderBy: { position: "asc" },
  });
  const types = [...new Set(samples.map(({ editType }) => editType))].sort();
  return {
    overall: of(samples),
    byType: types.map((editType) => ({
      editType,
      agreement: of(samples.filter((sample) => sample.editType === editType)),
    })),
    // Whether they gave the reason or not, on samples that one of them rejected.
    byReason: reasons.map(({ key, label }) => ({
      reason: key,
      label,
      agreement: agreementOf(
        samples
          .filter((sample) => [...sample.answers.values()].some(({ kind }) => kind === "reject"))
          .map((sample) =>
            raters.map((rater) => {
              const answer = sample.answers.get(rater);
              return answer ? (answer.reasons.has(key) ? "approve" : "reject") : null;
            }),
          ),
      ),
    })),
    pairs: pairsOf(samples, raters, names),
    reviewers: await reviewersOf(context, samples, names),
    limit: mostCompared,
  };
}

function verdicts(samples: readonly Answered[], raters: readonly string[]): Ratings {
  return samples.map((sample) => raters.map((rater) => sample.answers.get(rater)?.kind ?? null));
}

function agreementOf(ratings: Ratings): AgreementView {
  const counts = countRatings(ratings, answers);
  return {
    samples: ratings.length,
    raw: rawAgreement(counts) ?? null,
    fleiss: fleissKappa(counts) ?? null,
    alpha: krippendorffAlpha(counts, { rounds }) ?? null,
    ac1: gwetAc1(counts) ?? null,
  };
}

function pairsOf(
  samples: readonly Answered[],
  raters: readonly string[],
  names: ReadonlyMap<string, string>,
): AgreementReport["pairs"] {
  const pairs: AgreementReport["pairs"] = [];
  for (const [i, first] of raters.entries()) {
    for (const second of raters.slice(i + 1)) {
      const both = samples.flatMap((sample) => {
        const [a, b] = [sample.answers.get(first), sample.answers.get(second)];
        return a && b ? [[a.kind, b.kind] as const] : [];
      });
      if (both.length === 0) continue;
      const counts = countRatings(both, answers);
      pairs.push({
        first: names.get(first) ?? "?",
        second: names.get(second) ?? "?",
        samples: both.length,
        raw: rawAgreement(counts) ?? null,
        cohen: cohenKappa(crossTable(both, answers)) ?? null,
        ac1: gwetAc1(counts) ?? null,
      });
    }
  }
  return pairs.sort((a, b) => b.samples - a.samples).slice(0, 200);
}

async function reviewersOf(
  { studio, caller }: Context,
  samples: readonly Answered[],
  names: ReadonlyMap<string, string>,
): Promise<AgreementReport["reviewers"]> {
  const gold = await studio.db.$queryRaw<{ id: string; seen: number; agreed: number }[]>`
    SELECT member_id AS id, sum(gold_seen)::int AS seen, sum(gold_agreed)::int AS agreed
    FROM review_tallies WHERE project_id = ${caller.projectId}::uuid GROUP BY member_id`;
  const goldOf = new Map(gold.map((row) => [row.id, row]));
  const compared = new Map<string, number>();
  for (const sample of samples) {
    for (const rater of sample.answers.keys()) compared.set(rater, (compared.get(rater) ?? 0) + 1);
  }
  const ids = new Set([...compared.keys(), ...gold.filter(({ seen }) => seen > 0).map(({ id }) => id)]);
  return [...ids]
    .map((id) => {
      const own = goldOf.get(id);
      return {
        name: names.get(id) ?? "?",
        samples: compared.get(id) ?? 0,
        gold:
          own && own.seen > 0
            ? {
                seen: own.seen,
                agreed: own.agreed,
                value: own.agreed / own.seen,
                ...exactInterval(own.agreed, own.seen),
              }
            : null,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Each person's last standing answer on samples that two or more people answered on their own: reviews, audits and
 * gold samples. Adjudications and overrides see the others' answers, so they say nothing of agreement.
 */
async function loadAnswers({ studio, caller }: Context): Promise<Answered[]> {
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
