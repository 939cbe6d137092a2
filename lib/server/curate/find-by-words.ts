import type { SampleFilter } from "@/lib/api/contract/curate";
import { narrowerPower, spanAt, spanPowers, widerPower } from "@/lib/domain/id-spans";
import { sampleStates } from "@/lib/domain/sample-state";
import { Prisma, type Transaction } from "../database/client";
import { and, type FilterSql, firstIdAt, momentOfId, standing } from "./filter-sql";

export interface FoundIds {
  ids: string[];
  /** Where the next page begins; null at the end. */
  nextCursor: string | null;
  /** The time for one answer was up: nothing newer than this id is left, the rest was not looked at. */
  searchedTo: string | null;
}

/** One answer looks at rows for about so long; what it has found by then is the page. */
export const budgetMs = 70;
/** A span answered faster than the first makes the next one 16 times as long; slower than the second, a 16th. */
const [quickMs, slowMs] = [3, 40];

/**
 * The ids of a page of a text search, newest first. An index of words has no order, so it is asked span by span of
 * time, back from the newest, and answers at the cost of the hits in that span: a frequent word fills the page from the
 * first short span, and a rare one soon meets spans of years.
 */
export async function findByWords(
  tx: Transaction,
  projectId: string,
  filter: SampleFilter,
  sql: FilterSql & { words: Prisma.Sql },
  { newest, oldest, limit }: { newest: string | undefined; oldest: string | undefined; limit: number },
): Promise<FoundIds> {
  const started = performance.now();
  const ends = await endsOf(tx, projectId, filter.runId);
  const ids: string[] = [];
  if (!ends) return { ids, nextCursor: null, searchedTo: null };
  const first = Math.max(momentOf(ends.first), oldest ? momentOf(oldest) : 0);
  let at = Math.min(momentOf(ends.last), newest ? momentOf(newest) : Number.POSITIVE_INFINITY);
  let below = newest;
  let power: number = spanPowers[0];
  for (;;) {
    const span = spanAt(at, power);
    const began = performance.now();
    ids.push(
      ...(await hitsOf(tx, projectId, sql, { key: span.key, below, oldest, limit: limit + 1 - ids.length })),
    );
    if (ids.length > limit) {
      return { ids: ids.slice(0, limit), nextCursor: ids[limit - 1]!, searchedTo: null };
    }
    if (span.from <= first) return { ids, nextCursor: null, searchedTo: null };
    at = span.from - 1;
    below = firstIdAt(new Date(span.from));
    const now = performance.now();
    if (now - started > budgetMs) return { ids, nextCursor: below, searchedTo: below };
    if (now - began < quickMs) power = widerPower(power);
    else if (now - began > slowMs) power = narrowerPower(power);
  }
}

const momentOf = (id: string) => momentOfId(id).getTime();

/** The hits of one span that everything else lets through, newest first. */
async function hitsOf(
  tx: Transaction,
  projectId: string,
  { words, joins, conditions }: FilterSql & { words: Prisma.Sql },
  {
    key,
    below,
    oldest,
    limit,
  }: { key: bigint; below: string | undefined; oldest: string | undefined; limit: number },
): Promise<string[]> {
  const bounds = [
    Prisma.sql`true`,
    ...(below ? [Prisma.sql`id < ${below}::uuid`] : []),
    ...(oldest ? [Prisma.sql`id >= ${oldest}::uuid`] : []),
  ];
  // Apart, so that the index of words is asked and not that of ids, which would test the words of each row.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH hits AS MATERIALIZED (
      SELECT s.id FROM samples s WHERE ${words} AND id_spans(s.id) @> ARRAY[${key}::bigint])
    SELECT h.id::text FROM (SELECT id FROM hits WHERE ${and(bounds)} ORDER BY id DESC) h
    CROSS JOIN LATERAL (SELECT * FROM samples one WHERE one.id = h.id OFFSET 0) s ${joins}
    WHERE ${and([...standing(projectId), ...conditions])}
    ORDER BY h.id DESC LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** The oldest and the newest sample of a run or of the project, from the ends of their indexes. */
async function endsOf(
  tx: Transaction,
  projectId: string,
  runId: string | undefined,
): Promise<{ first: string; last: string } | null> {
  const own = runId
    ? sampleStates.map((state) => Prisma.sql`run_id = ${runId}::uuid AND state = ${state}::sample_state`)
    : [Prisma.sql`project_id = ${projectId}::uuid`];
  const parts = own.flatMap((condition) => [
    Prisma.sql`(SELECT id FROM samples WHERE ${condition} ORDER BY id LIMIT 1)`,
    Prisma.sql`(SELECT id FROM samples WHERE ${condition} ORDER BY id DESC LIMIT 1)`,
  ]);
  const [row] = await tx.$queryRaw<{ first: string | null; last: string | null }[]>`
    SELECT min(id::text) AS first, max(id::text) AS last FROM (${Prisma.join(parts, " UNION ALL ")}) ends`;
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}
