import { type Context, requireAbility } from "../context";
import { toPage } from "../paging";
import { presentRegion, regionInclude } from "./present-region";
import { type QueueFilter, whereRegion } from "./queue-filter";

export interface RegionPageInput extends QueueFilter {
  state?: "open" | "done" | "skipped" | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Regions of anchors that were not withdrawn, newest first. */
export async function listRegions(context: Context, { state, cursor, limit, ...filter }: RegionPageInput) {
  requireAbility(context, "read");
  const rows = await context.studio.db.region.findMany({
    where: {
      projectId: context.caller.projectId,
      ...whereRegion(filter),
      ...(state && { state }),
      ...(cursor && { id: { lt: cursor } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: regionInclude,
  });
  return toPage(rows, limit, (row) => presentRegion(row, { memberId: context.caller.memberId }));
}
