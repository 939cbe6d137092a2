import { editTypeIds } from "@/lib/domain/edit-types";
import { type Context, requireAbility } from "../context";

/** How many seeds there are of each edit type, in the types' order. */
export async function seedCoverage(context: Context) {
  requireAbility(context, "read");
  const groups = await context.studio.db.seed.groupBy({
    by: ["editType"],
    where: { projectId: context.caller.projectId, archivedAt: null },
    _count: true,
  });
  const counts = new Map(groups.map((group) => [group.editType, group._count]));
  return editTypeIds.map((editType) => ({ editType, count: counts.get(editType) ?? 0 }));
}
