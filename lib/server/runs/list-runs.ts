import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { presentRun, runInclude } from "./present-run";
import { sampleCounts } from "./sample-counts";

export async function listRuns(context: Context, input: { cursor?: string | undefined; limit: number }) {
  requireAbility(context, "read");
  const { db } = context.studio;
  const rows = await db.run.findMany({
    where: { projectId: context.caller.projectId, ...(input.cursor && { id: { lt: input.cursor } }) },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: runInclude,
  });
  const countsOf = await sampleCounts(
    db,
    rows.map((row) => row.id),
  );
  return toPage(rows, input.limit, (row) => presentRun(row, countsOf(row.id)));
}
