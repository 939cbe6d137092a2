import { randomStream } from "../statistics/random-stream";
import type { Coefficient } from "./coefficient";
import { type RatingCounts, total } from "./ratings";

export interface BootstrapOptions {
  confidence?: number;
  /** Items are drawn with replacement so many times. */
  rounds?: number;
  seed?: number;
}

/**
 * Krippendorff's α for nominal data, any number of raters and missing ratings (Krippendorff 2011). Its interval is
 * a percentile bootstrap over items, repeatable by its seed: no exact formula is published.
 */
export function krippendorffAlpha(
  counts: RatingCounts,
  { confidence = 0.95, rounds = 1000, seed = 1 }: BootstrapOptions = {},
): Coefficient | undefined {
  const rows = counts.rows.filter((row) => total(row) >= 2);
  const facts = rows.map((row) => ({ row, disagreement: disagreementOf(row), size: total(row) }));
  const value = alphaOf(facts, counts.categories.length);
  if (value === undefined) return undefined;
  const random = randomStream(seed);
  const draws: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const drawn = facts.map(() => facts[Math.floor(random() * facts.length)]!);
    // A resample in which everybody always says the same has no disagreement to explain: full agreement.
    draws.push(alphaOf(drawn, counts.categories.length) ?? 1);
  }
  draws.sort((a, b) => a - b);
  const at = (share: number) =>
    draws[Math.min(draws.length - 1, Math.max(0, Math.round(share * (draws.length - 1))))]!;
  const side = (1 - confidence) / 2;
  return { value, error: null, low: at(side), high: at(1 - side) };
}

interface ItemFacts {
  row: readonly number[];
  /** Pairs of different ratings, each item weighted by 1/(ratings − 1). */
  disagreement: number;
  size: number;
}

function disagreementOf(row: readonly number[]): number {
  const size = total(row);
  let pairs = size * size;
  for (const count of row) pairs -= count * count;
  return pairs / (size - 1);
}

/** 1 − (n−1) Σ o_ck / Σ n_c n_k over c ≠ k; undefined where only one category occurs. */
function alphaOf(items: readonly ItemFacts[], categories: number): number | undefined {
  const totals = new Array<number>(categories).fill(0);
  let observed = 0;
  let n = 0;
  for (const { row, disagreement, size } of items) {
    observed += disagreement;
    n += size;
    for (let c = 0; c < categories; c++) totals[c]! += row[c]!;
  }
  let expected = n * n;
  for (const count of totals) expected -= count * count;
  return expected > 0 ? 1 - ((n - 1) * observed) / expected : undefined;
}
