import { exactInterval } from "../statistics/proportion-bounds";
import { fleissKappa, gwetAc1, rawAgreement } from "./chance-corrected";
import type { Coefficient } from "./coefficient";
import { cohenKappa, crossTable } from "./cohen-kappa";
import { krippendorffAlpha } from "./krippendorff-alpha";
import { countRatings, type RatingCounts, type Ratings, total } from "./ratings";

/** Resamples of Krippendorff's α: enough for two digits of its interval, and fewer of many items, whose interval is short. */
const roundsFor = (items: number) => Math.round(Math.min(500, Math.max(100, 2_000_000 / items)));

/** Every coefficient of some ratings, each with its 95 % interval; null where it is not defined. */
export interface AgreementSummary {
  /** Items with two or more ratings. */
  samples: number;
  raw: Coefficient | null;
  /** Cohen's κ is for two raters; null where there are more. */
  cohen: Coefficient | null;
  fleiss: Coefficient | null;
  alpha: Coefficient | null;
  ac1: Coefficient | null;
}

export function summarise(ratings: Ratings, categories: readonly string[]): AgreementSummary {
  const shared = ratings.filter((row) => row.filter((label) => label !== null).length > 1);
  const counts = countRatings(shared, categories);
  const raw = rawAgreement(counts) ?? null;
  const found = {
    samples: shared.length,
    raw,
    cohen: cohenOfTwo(shared, categories),
    fleiss: fleissKappa(counts) ?? null,
    alpha: krippendorffAlpha(counts, { rounds: roundsFor(shared.length) }) ?? null,
    ac1: gwetAc1(counts) ?? null,
  };
  return raw?.value === 1 ? withoutDisagreement(found, counts) : found;
}

/**
 * Where nobody ever disagreed, every variance and every resample says that the agreement is certain, after three items as
 * after a thousand. There the interval of the raw agreement is the exact one of so many successes (Clopper & Pearson
 * 1934), and a coefficient's lower end is that of the raw agreement, corrected by its own chance.
 */
function withoutDisagreement(found: AgreementSummary, counts: RatingCounts): AgreementSummary {
  const items = counts.rows.length;
  const { low } = exactInterval(items, items);
  const shares = counts.categories.map(
    (_, column) => counts.rows.reduce((sum, row) => sum + row[column]! / total(row), 0) / items,
  );
  const alike = shares.reduce((sum, share) => sum + share * share, 0);
  const least = (chance: number) => (coefficient: Coefficient | null) =>
    coefficient && { ...coefficient, low: Math.max(-1, (low - chance) / (1 - chance)) };
  const corrected = least(alike);
  return {
    ...found,
    raw: least(0)(found.raw),
    cohen: corrected(found.cohen),
    fleiss: corrected(found.fleiss),
    alpha: corrected(found.alpha),
    ac1: least((1 - alike) / Math.max(1, shares.length - 1))(found.ac1),
  };
}

function cohenOfTwo(ratings: Ratings, categories: readonly string[]): Coefficient | null {
  const seen = new Set<number>();
  for (const row of ratings) for (const [rater, label] of row.entries()) if (label !== null) seen.add(rater);
  if (seen.size !== 2) return null;
  const [first, second] = [...seen].sort((a, b) => a - b) as [number, number];
  const pairs = ratings.map((row) => [row[first]!, row[second]!] as const);
  return cohenKappa(crossTable(pairs, categories)) ?? null;
}

/**
 * One rater beside what most of the others said, as two columns: how a rater stands to the rest. Items that the rater
 * did not see, or on which the others are evenly split, are left out.
 */
export function besideTheOthers(ratings: Ratings, rater: number): [string, string][] {
  return ratings.flatMap((row) => {
    const own = row[rater];
    if (own === null || own === undefined) return [];
    const counts = new Map<string, number>();
    for (const [other, label] of row.entries()) {
      if (other !== rater && label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const ranked = [...counts].sort((a, b) => b[1] - a[1]);
    const [most, next] = ranked;
    if (!most || most[1] === next?.[1]) return [];
    return [[own, most[0]] as [string, string]];
  });
}
