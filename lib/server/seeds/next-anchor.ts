import { anchorInclude, presentAnchor } from "../anchors/present-anchor";
import { type Context, requireAbility } from "../context";

/** The next captioned anchor without a seed after the anchor `after`; null when every anchor has one. */
export async function nextAnchor(context: Context, after?: string) {
  requireAbility(context, "read");
  const find = (range: { gt?: string; lte?: string }) =>
    context.studio.db.anchor.findFirst({
      where: {
        projectId: context.caller.projectId,
        withdrawnAt: null,
        caption: { not: "" },
        seeds: { none: { archivedAt: null } },
        id: range,
      },
      orderBy: { id: "asc" },
      include: anchorInclude,
    });
  const row = after ? ((await find({ gt: after })) ?? (await find({ lte: after }))) : await find({});
  return row && presentAnchor(row);
}
