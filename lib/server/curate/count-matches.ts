import type { SampleCount, SampleFilter } from "@/lib/api/contract/curate";
import { type Context, requireAbility } from "../context";
import { readCounters } from "../counters";
import { Prisma } from "../database/client";
import { filterSql, firstIdAt, requireSound } from "./filter-sql";
import { findIds } from "./find-ids";

/** Counting one by one stops at so many or after so long: an action on everything need not know more beforehand. */
const [mostCounted, budgetMs, step] = [10_000, 400, 2000];

/** How many samples a filter lets through, as well as that can be said in less than a second. */
export async function countMatches(
  context: Context,
  { filter }: { filter: SampleFilter },
): Promise<SampleCount> {
  requireAbility(context, "read");
  requireSound(filter);
  const { db } = context.studio;
  const { projectId } = context.caller;
  const { state, ...others } = filter;
  if (Object.keys(others).length === 0) {
    const counts = await readCounters(db, projectId);
    const all = counts["samples.pending"] + counts["samples.approved"] + counts["samples.rejected"];
    return { samples: state ? counts[`samples.${state}`] : all, kind: "exact" };
  }
  const started = performance.now();
  let samples = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await findIds(db, projectId, filter, { cursor, limit: step });
    samples += page.ids.length;
    if (!page.nextCursor) return { samples, kind: "exact" };
    cursor = page.nextCursor;
    if (samples >= mostCounted || performance.now() - started > budgetMs) break;
  }
  const about = await estimate(context, filter);
  return about && about > samples ? { samples: roundly(about), kind: "about" } : { samples, kind: "atLeast" };
}

/** What the database's statistics say; null for conditions about which they know too little. */
async function estimate({ studio, caller }: Context, filter: SampleFilter): Promise<number | null> {
  const { indexed, conditions } = filterSql(filter, null);
  if (!indexed) return null;
  const all = [
    Prisma.sql`s.project_id = ${caller.projectId}::uuid`,
    ...conditions,
    ...(filter.from ? [Prisma.sql`s.id >= ${firstIdAt(filter.from)}::uuid`] : []),
    ...(filter.until ? [Prisma.sql`s.id < ${firstIdAt(filter.until)}::uuid`] : []),
  ];
  const [row] = await studio.db.$queryRaw<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }[]>`
    EXPLAIN (FORMAT JSON) SELECT 1 FROM samples s WHERE ${Prisma.join(all, " AND ")}`;
  return row?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? null;
}

/** Two figures: an estimate knows no more. */
function roundly(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.round(count / unit) * unit;
}
