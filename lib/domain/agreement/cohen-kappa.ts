import { normalQuantile } from "../statistics/beta";
import type { Coefficient } from "./coefficient";

/**
 * Cohen's κ of two raters (Cohen 1960) with the large-sample standard error of Fleiss, Cohen & Everitt (1969).
 * @param table `table[i][j]`: items that the first called i and the second called j
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  confidence = 0.95,
): Coefficient | undefined {
  const n = table.flat().reduce((sum, count) => sum + count, 0);
  if (n === 0) return undefined;
  const size = table.length;
  const p = (i: number, j: number) => table[i]![j]! / n;
  const first = table.map((_, i) => sumOver(size, (j) => p(i, j)));
  const second = table.map((_, j) => sumOver(size, (i) => p(i, j)));
  const observed = sumOver(size, (i) => p(i, i));
  const chance = sumOver(size, (i) => first[i]! * second[i]!);
  if (1 - chance < 1e-12) return undefined;
  const value = (observed - chance) / (1 - chance);
  const agreeing = sumOver(size, (i) => p(i, i) * (1 - (first[i]! + second[i]!) * (1 - value)) ** 2);
  const differing = sumOver(size, (i) =>
    sumOver(size, (j) => (i === j ? 0 : p(i, j) * (second[i]! + first[j]!) ** 2)),
  );
  const variance =
    (agreeing + (1 - value) ** 2 * differing - (value - chance * (1 - value)) ** 2) / (n * (1 - chance) ** 2);
  const error = Math.sqrt(Math.max(0, variance));
  const reach = normalQuantile(1 - (1 - confidence) / 2) * error;
  return { value, error, low: Math.max(-1, value - reach), high: Math.min(1, value + reach) };
}

/** The table of two raters' labels on the items that both rated. */
export function crossTable(
  pairs: readonly (readonly [string, string])[],
  categories: readonly string[],
): number[][] {
  const table = categories.map(() => categories.map(() => 0));
  for (const [first, second] of pairs) {
    const [i, j] = [categories.indexOf(first), categories.indexOf(second)];
    if (i >= 0 && j >= 0) table[i]![j]!++;
  }
  return table;
}

function sumOver(size: number, term: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += term(i);
  return sum;
}
