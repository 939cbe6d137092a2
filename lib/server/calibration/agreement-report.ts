import type { AgreementReport, AgreementScope } from "@/lib/api/contract/calibration";
import type { Ratings } from "@/lib/domain/agreement/ratings";
import { besideTheOthers, summarise } from "@/lib/domain/agreement/summary";
import { exactInterval } from "@/lib/domain/statistics/proportion-bounds";
import { type Context, requireAbility } from "../context";
import { type Answered, answers, loadAnswers, mostCompared, reasonGiven, verdicts } from "./load-answers";

const mostPairs = 200;

/**
 * How far reviewers agree: all, by edit type, by reason, pair by pair, and each with the others and with the gold samples;
 * on everything, or on one edit type, or on one reason.
 */
export async function agreementReport(
  context: Context,
  scope: AgreementScope = {},
): Promise<AgreementReport> {
  requireAbility(context, "read");
  const { studio, caller } = context;
  const all = await loadAnswers(context);
  const members = await studio.db.member.findMany({ where: { projectId: caller.projectId } });
  const names = new Map(members.map(({ id, name }) => [id, name]));
  const raters = [...new Set(all.flatMap((sample) => [...sample.answers.keys()]))].sort();
  const reasons = await studio.db.rejectReason.findMany({
    where: { projectId: caller.projectId, deletedAt: null },
    orderBy: { position: "asc" },
  });
  const types = [...new Set(all.map(({ editType }) => editType))].sort();
  const { editType, reason } = scope;
  const ofType = (type: string) => all.filter((sample) => sample.editType === type);
  const samples = editType ? ofType(editType) : all;
  const asked = (chosen: readonly Answered[]) =>
    reason ? reasonGiven(chosen, raters, reason) : verdicts(chosen, raters);
  const ratings = asked(samples);
  return {
    overall: summarise(ratings, answers),
    byType: types.map((type) => ({ editType: type, agreement: summarise(asked(ofType(type)), answers) })),
    byReason: reasons.map(({ key, label }) => ({
      reason: key,
      label,
      agreement: summarise(reasonGiven(samples, raters, key), answers),
    })),
    pairs: pairsOf(ratings, raters, names),
    reviewers: await reviewersOf(context, ratings, raters, names),
    limit: mostCompared,
  };
}

function pairsOf(
  ratings: Ratings,
  raters: readonly string[],
  names: ReadonlyMap<string, string>,
): AgreementReport["pairs"] {
  const pairs: AgreementReport["pairs"] = [];
  for (const [i, first] of raters.entries()) {
    for (let j = i + 1; j < raters.length; j++) {
      const agreement = summarise(
        ratings.map((row) => [row[i] ?? null, row[j] ?? null]),
        answers,
      );
      if (agreement.samples === 0) continue;
      pairs.push({ first: names.get(first) ?? "?", second: names.get(raters[j]!) ?? "?", agreement });
    }
  }
  return pairs.sort((a, b) => b.agreement.samples - a.agreement.samples).slice(0, mostPairs);
}

async function reviewersOf(
  { studio, caller }: Context,
  ratings: Ratings,
  raters: readonly string[],
  names: ReadonlyMap<string, string>,
): Promise<AgreementReport["reviewers"]> {
  const gold = await studio.db.$queryRaw<{ id: string; seen: number; agreed: number }[]>`
    SELECT member_id AS id, sum(gold_seen)::int AS seen, sum(gold_agreed)::int AS agreed
    FROM review_tallies WHERE project_id = ${caller.projectId}::uuid GROUP BY member_id HAVING sum(gold_seen) > 0`;
  const ids = [...new Set([...raters, ...gold.map(({ id }) => id)])];
  return ids
    .map((id) => {
      const own = gold.find((row) => row.id === id);
      const rater = raters.indexOf(id);
      return {
        name: names.get(id) ?? "?",
        withOthers: summarise(rater < 0 ? [] : besideTheOthers(ratings, rater), answers),
        gold: own
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
