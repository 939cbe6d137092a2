import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { type AnchorFilter, whereAnchor } from "./anchor-filter";
import { anchorInclude, presentAnchor } from "./present-anchor";

export interface ListAnchorsInput extends AnchorFilter {
  cursor?: string | undefined;
  limit: number;
}

/** Anchors that were not withdrawn, newest first. */
export async function listAnchors(context: Context, input: ListAnchorsInput) {
  requireAbility(context, "read");
  const { cursor, limit } = input;
  const rows = await context.studio.db.anchor.findMany({
    where: { ...whereAnchor(context.caller.projectId, input), ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: anchorInclude,
  });
  return toPage(rows, limit, presentAnchor);
}
