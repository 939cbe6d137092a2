/**
 * Who called what what: one row an item, one column a rater, null where the rater did not see the item. Items need
 * not have the same number of ratings.
 */
export type Ratings = readonly (readonly (string | null)[])[];

/** How often each item was put into each category: one row an item, one column a category. */
export interface RatingCounts {
  readonly categories: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/**
 * @param categories all that raters could choose, those that nobody chose included (Gwet's AC1 depends on their
 * number); default: those that occur
 */
export function countRatings(ratings: Ratings, categories?: readonly string[]): RatingCounts {
  const known = categories ?? [...new Set(ratings.flat().filter((label) => label !== null))].sort();
  const column = new Map(known.map((category, index) => [category, index]));
  const rows = ratings.map((labels) => {
    const row = new Array<number>(known.length).fill(0);
    for (const label of labels) {
      const at = label === null ? undefined : column.get(label);
      if (at !== undefined) row[at]!++;
    }
    return row;
  });
  return { categories: known, rows };
}

export function total(row: readonly number[]): number {
  let sum = 0;
  for (const value of row) sum += value;
  return sum;
}

/** Share of an item's pairs of ratings that agree; undefined for fewer than two ratings. */
export function pairAgreement(row: readonly number[]): number | undefined {
  const ratings = total(row);
  if (ratings < 2) return undefined;
  let pairs = 0;
  for (const count of row) pairs += count * (count - 1);
  return pairs / (ratings * (ratings - 1));
}
