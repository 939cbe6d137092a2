import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { anchorInclude, presentAnchor } from "./present-anchor";

export interface ListAnchorsInput {
  cursor?: string | undefined;
  limit: number;
  origin?: "photo" | "storybook" | "sample" | undefined;
  uncaptioned?: boolean | undefined;
  search?: string | undefined;
}

/** Anchors that were not withdrawn, newest first. */
export async function listAnchors(context: Context, input: ListAnchorsInput) {
  requireAbility(context, "read");
  const rows = await context.studio.db.anchor.findMany({
    where: {
      projectId: context.caller.projectId,
      withdrawnAt: null,
      ...(input.origin && { origin: input.origin }),
      ...(input.uncaptioned !== undefined && { caption: input.uncaptioned ? "" : { not: "" } }),
      ...(input.search && { caption: { contains: input.search, mode: "insensitive" as const } }),
      ...(input.cursor && { id: { lt: input.cursor } }),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
    include: anchorInclude,
  });
  return toPage(rows, input.limit, presentAnchor);
}
