/** One page of rows that were fetched with `take: limit + 1`, and where the next one starts. */
export function toPage<Row extends { id: string }, View>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => View,
): { items: View[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  return {
    items: page.map(present),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
