import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { presentSeed, seedInclude } from "./present-seed";
import { type SeedFilterInput, seedFilter } from "./seed-filter";

export interface ListSeedsInput extends SeedFilterInput {
  cursor?: string | undefined;
  limit: number;
}

/** Seeds that were not archived, newest first. */
export async function listSeeds(context: Context, input: ListSeedsInput) {
  requireAbility(context, "read");
  const rows = await context.studio.db.seed.findMany({
    where: {
      ...seedFilter(context.caller.projectId, input),
      ...(input.cursor && { id: { lt: input.cursor } }),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: seedInclude,
  });
  return toPage(rows, input.limit, presentSeed);
}
