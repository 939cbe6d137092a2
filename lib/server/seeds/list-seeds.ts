import type { EditType } from "@/lib/domain/edit-types";
import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { presentSeed, seedInclude } from "./present-seed";

export interface ListSeedsInput {
  cursor?: string | undefined;
  limit: number;
  editType?: EditType | undefined;
  search?: string | undefined;
}

/** Seeds that were not archived, newest first. */
export async function listSeeds(context: Context, input: ListSeedsInput) {
  requireAbility(context, "read");
  const contains = input.search && { contains: input.search, mode: "insensitive" as const };
  const rows = await context.studio.db.seed.findMany({
    where: {
      projectId: context.caller.projectId,
      archivedAt: null,
      ...(input.editType && { editType: input.editType }),
      ...(contains && {
        OR: [{ instruction: contains }, { sourceCaption: contains }, { targetCaption: contains }],
      }),
      ...(input.cursor && { id: { lt: input.cursor } }),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: seedInclude,
  });
  return toPage(rows, input.limit, presentSeed);
}
