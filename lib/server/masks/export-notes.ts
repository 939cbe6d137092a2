import type { MaskFormat } from "@/lib/api/contract/masks";
import { countOf } from "@/lib/domain/counts";
import { holesNote, softnessNote } from "@/lib/domain/masks/coco-segmentation";
import { type Context, requireAbility } from "../context";
import type { Prisma } from "../database/client";
import { type QueueFilter, whereRegion } from "./queue-filter";

export interface ExportFilter extends QueueFilter {
  /** One region only. */
  id?: string | undefined;
}

/** Regions that an export takes: those with a mask that were not skipped. */
export function exportedRegions(
  { caller }: Context,
  { id, ...filter }: ExportFilter,
): Prisma.RegionWhereInput {
  return {
    projectId: caller.projectId,
    ...whereRegion(filter),
    maskId: { not: null },
    state: { not: "skipped" },
    ...(id && { id }),
  };
}

/** How many masks an export holds, and what its format cannot carry. */
export async function exportNotes(
  context: Context,
  { format, ...filter }: ExportFilter & { format: MaskFormat },
) {
  requireAbility(context, "read");
  const where = exportedRegions(context, filter);
  const [masks, soft] = await Promise.all([
    context.studio.db.region.count({ where }),
    context.studio.db.region.count({ where: { ...where, mask: { soft: true } } }),
  ]);
  const losesSoftness = format !== "png" && soft > 0;
  return {
    masks,
    soft,
    notes: [
      ...(losesSoftness
        ? [`${soft} of ${countOf(masks, "mask")} ${soft === 1 ? "is" : "are"} soft. ${softnessNote}`]
        : []),
      ...(format === "polygon"
        ? [holesNote, "Polygons are simplified; they keep an overlap (IoU) of at least 0.99."]
        : []),
    ],
  };
}
