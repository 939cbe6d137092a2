import type { SampleFilter } from "@/lib/api/contract/curate";
import { type SampleState, sampleStates } from "@/lib/domain/sample-state";
import { Prisma, type Transaction } from "../database/client";
import { and, filterSql, firstIdAt, standing } from "./filter-sql";
import { budgetMs, type FoundIds, findByWords } from "./find-by-words";

/** Rows of the first window, and the most of one. */
const [firstWindow, largestWindow] = [400, 5000];

/**
 * The ids of a page of samples, newest first. Rows come in the order of an index (of a tag, a reviewer, a run, a
 * state, or all samples) in windows, and each window is tested for what that index does not know. So the cost of an
 * answer does not depend on the size of the table: a filter that hits one sample in a million returns what it has
 * found when its time is up, and how far it got.
 */
export async function findIds(
  tx: Transaction,
  projectId: string,
  filter: SampleFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<FoundIds> {
  const started = performance.now();
  const driver = filter.tagId ? "tagId" : filter.reviewerId ? "reviewerId" : null;
  const sql = filterSql(filter, driver);
  const newest = earlier(cursor, filter.until && firstIdAt(filter.until));
  const oldest = filter.from && firstIdAt(filter.from);
  if (sql.words && !driver) {
    return findByWords(tx, projectId, filter, { ...sql, words: sql.words }, { newest, oldest, limit });
  }

  const ids: string[] = [];
  let after = newest;
  // Testing words costs much more than the other tests.
  let size = sql.indexed ? limit + 1 : sql.words ? firstWindow / 2 : firstWindow;
  for (;;) {
    const source = sourceSql(projectId, filter, driver, after, oldest, size);
    const [window] = await tx.$queryRaw<{ rows: number; last: string | null; found: string[] }[]>`
      WITH picked AS MATERIALIZED (${source})
      SELECT (SELECT count(*)::int FROM picked) AS rows, (SELECT min(id::text) FROM picked) AS last,
        ARRAY(SELECT s.id::text FROM picked p
          CROSS JOIN LATERAL (SELECT * FROM samples one WHERE one.id = p.id OFFSET 0) s ${sql.joins}
          WHERE ${and([...standing(projectId), ...sql.conditions, ...(sql.words ? [sql.words] : [])])}
          ORDER BY s.id DESC LIMIT ${limit + 1 - ids.length}) AS found`;
    ids.push(...window!.found);
    if (ids.length > limit)
      return { ids: ids.slice(0, limit), nextCursor: ids[limit - 1]!, searchedTo: null };
    if (window!.rows < size) return { ids, nextCursor: null, searchedTo: null };
    after = window!.last!;
    if (performance.now() - started > budgetMs) return { ids, nextCursor: after, searchedTo: after };
    size = Math.min(largestWindow, size * 3);
  }
}

/** Those of the samples that the filter lets through now; its dates, which never change, are not asked again. */
export async function keepMatching(
  tx: Transaction,
  projectId: string,
  filter: SampleFilter,
  ids: readonly string[],
): Promise<string[]> {
  const { joins, conditions, words } = filterSql(filter, null);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id::text FROM samples s ${joins}
    WHERE ${and([Prisma.sql`s.id = ANY(${[...ids]}::uuid[])`, ...standing(projectId), ...conditions, ...(words ? [words] : [])])}`;
  return rows.map(({ id }) => id);
}

/** The next rows of the driving index, below `after`. */
function sourceSql(
  projectId: string,
  filter: SampleFilter,
  driver: "tagId" | "reviewerId" | null,
  after: string | undefined,
  oldest: string | undefined,
  size: number,
): Prisma.Sql {
  const bounds = (column: Prisma.Sql) => [
    ...(after ? [Prisma.sql`${column} < ${after}::uuid`] : []),
    ...(oldest ? [Prisma.sql`${column} >= ${oldest}::uuid`] : []),
  ];
  if (driver === "tagId") {
    const own = Prisma.sql`t.tag_id = ${filter.tagId}::uuid`;
    return Prisma.sql`SELECT t.sample_id AS id FROM sample_tags t
      WHERE ${and([own, ...bounds(Prisma.sql`t.sample_id`)])} ORDER BY t.sample_id DESC LIMIT ${size}`;
  }
  if (driver === "reviewerId") {
    const own = Prisma.sql`d.actor_id = ${filter.reviewerId}::uuid`;
    return Prisma.sql`SELECT DISTINCT d.sample_id AS id FROM decisions d
      WHERE ${and([own, ...bounds(Prisma.sql`d.sample_id`)])} ORDER BY d.sample_id DESC LIMIT ${size}`;
  }
  const { state, editType, runId } = filter;
  // One of the indexes (run, type, state), (run, state), (project, type, state), (project, state) and (project).
  const own = [
    runId ? Prisma.sql`i.run_id = ${runId}::uuid` : Prisma.sql`i.project_id = ${projectId}::uuid`,
    ...(editType ? [Prisma.sql`i.edit_type = ${editType}`] : []),
    ...bounds(Prisma.sql`i.id`),
  ];
  const inState = (one: SampleState | null) => Prisma.sql`SELECT i.id FROM samples i
    WHERE ${and(one ? [...own, Prisma.sql`i.state = ${one}::sample_state`] : own)} ORDER BY i.id DESC LIMIT ${size}`;
  if (state) return inState(state);
  if (!runId && !editType) return inState(null);
  // These indexes have the state before the id: what the three states give is merged.
  const each = sampleStates.map((one) => Prisma.sql`(${inState(one)})`);
  return Prisma.sql`SELECT id FROM (${Prisma.join(each, " UNION ALL ")}) merged ORDER BY id DESC LIMIT ${size}`;
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}
