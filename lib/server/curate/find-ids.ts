import type { SampleFilter } from "@/lib/api/contract/curate";
import { type SampleState, sampleStates } from "@/lib/domain/sample-state";
import { Prisma, type Transaction } from "../database/client";
import { filterSql, firstIdAt } from "./filter-sql";

export interface FoundIds {
  ids: string[];
  /** Where the next page begins; null at the end. */
  nextCursor: string | null;
  /** The time for one answer was up: nothing newer than this id is left, the rest was not looked at. */
  searchedTo: string | null;
}

/** One answer looks at rows for about so long; what it has found by then is the page. */
const budgetMs = 70;
/** Rows of the first window, and the most of one. */
const [firstWindow, largestWindow] = [400, 5000];
/** A search with fewer hits is answered from its index alone. */
const fewHits = 3000;

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
  const rare = sql.words && !driver ? await rareHits(tx, projectId, sql.words, newest, oldest) : null;
  if (rare) return fromList(tx, projectId, sql, rare, limit);

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
          WHERE ${and([...standing(projectId), ...sql.conditions])}
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
  const { joins, conditions } = filterSql(filter, null);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id::text FROM samples s ${joins}
    WHERE ${and([Prisma.sql`s.id = ANY(${[...ids]}::uuid[])`, ...standing(projectId), ...conditions])}`;
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

/** The hits of a search in the text index, newest first, if they are few enough to be listed; else null. */
async function rareHits(
  tx: Transaction,
  projectId: string,
  search: Prisma.Sql,
  newest: string | undefined,
  oldest: string | undefined,
): Promise<string[] | null> {
  if ((await estimate(tx, search)) > 2 * fewHits) return null;
  const hits = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id::text FROM samples s WHERE ${search} AND s.project_id = ${projectId}::uuid LIMIT ${fewHits + 1}`;
  if (hits.length > fewHits) return null;
  return hits
    .map(({ id }) => id)
    .filter((id) => (!newest || id < newest) && (!oldest || id >= oldest))
    .sort((a, b) => (a < b ? 1 : -1));
}

async function fromList(
  tx: Transaction,
  projectId: string,
  { joins, conditions }: ReturnType<typeof filterSql>,
  hits: string[],
  limit: number,
): Promise<FoundIds> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id::text FROM samples s ${joins}
    WHERE ${and([Prisma.sql`s.id = ANY(${hits}::uuid[])`, ...standing(projectId), ...conditions])}
    ORDER BY s.id DESC LIMIT ${limit + 1}`;
  const ids = rows.slice(0, limit).map(({ id }) => id);
  return { ids, nextCursor: rows.length > limit ? ids.at(-1)! : null, searchedTo: null };
}

/** Rows that the planner expects to hit; it reads its statistics only. */
async function estimate(tx: Transaction, search: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }[]>`
    EXPLAIN (FORMAT JSON) SELECT 1 FROM samples s WHERE ${search}`;
  return row?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
}

/** The project's samples that nobody withdrew. */
function standing(projectId: string): Prisma.Sql[] {
  return [Prisma.sql`s.project_id = ${projectId}::uuid`, Prisma.sql`NOT s.withdrawn`];
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}

function and(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join([...conditions], " AND ");
}
