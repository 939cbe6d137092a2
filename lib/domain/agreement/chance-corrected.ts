import { type Coefficient, linearisedVariance, withError } from "./coefficient";
import { pairAgreement, type RatingCounts, total } from "./ratings";

/** Share of pairs of ratings that agree, averaged over the items with two or more. Undefined without such items. */
export function rawAgreement(counts: RatingCounts, confidence = 0.95): Coefficient | undefined {
  const shares = counts.rows.map(pairAgreement).filter((share) => share !== undefined);
  if (shares.length === 0) return undefined;
  const value = total(shares) / shares.length;
  return withError(value, linearisedVariance(shares, value), shares.length, confidence);
}

/**
 * Fleiss' κ (Fleiss 1971), for any number of ratings an item, with the variance of Gwet (2014, §5): it holds for
 * intervals, while Fleiss' own is that under no agreement at all. Undefined where chance alone agrees always.
 */
export function fleissKappa(counts: RatingCounts, confidence = 0.95): Coefficient | undefined {
  return corrected(counts, confidence, (shares) => {
    let chance = 0;
    for (const share of shares) chance += share * share;
    return { chance, weights: shares };
  });
}

/**
 * Gwet's AC1 (Gwet 2008): chance agreement is what raters reach who only guess on hard items, so the coefficient
 * stays fair when nearly everything is approved.
 */
export function gwetAc1(counts: RatingCounts, confidence = 0.95): Coefficient | undefined {
  const others = counts.categories.length - 1;
  if (others < 1) return undefined;
  return corrected(counts, confidence, (shares) => {
    let chance = 0;
    for (const share of shares) chance += (share * (1 - share)) / others;
    return { chance, weights: shares.map((share) => (1 - share) / others) };
  });
}

/** How a coefficient defines agreement by chance, from the categories' shares. */
type Chance = (shares: readonly number[]) => { chance: number; weights: readonly number[] };

function corrected(counts: RatingCounts, confidence: number, chanceOf: Chance): Coefficient | undefined {
  const rows = counts.rows.filter((row) => total(row) > 0);
  const observed = rows.map(pairAgreement);
  const paired = observed.filter((share) => share !== undefined).length;
  if (paired === 0) return undefined;
  const shares = counts.categories.map(
    (_, column) => rows.reduce((sum, row) => sum + row[column]! / total(row), 0) / rows.length,
  );
  const agreed = observed.reduce<number>((sum, share) => sum + (share ?? 0), 0) / paired;
  const { chance, weights } = chanceOf(shares);
  if (1 - chance < 1e-12) return undefined;
  const value = (agreed - chance) / (1 - chance);
  const items = rows.map((row, index) => {
    const share = observed[index];
    const own = share === undefined ? 0 : ((rows.length / paired) * (share - chance)) / (1 - chance);
    const expected = row.reduce((sum, count, column) => sum + count * weights[column]!, 0) / total(row);
    return own - (2 * (1 - value) * (expected - chance)) / (1 - chance);
  });
  return withError(value, linearisedVariance(items, value), rows.length, confidence);
}
