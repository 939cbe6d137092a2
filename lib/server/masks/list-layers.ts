import type { MaskView } from "@/lib/api/contract/masks";
import { type Context, requireAbility } from "../context";
import { regionRow } from "./get-region";
import { maskInclude, presentMask, type RegionRow } from "./present-region";

const order = ["fine", "contour", "box", "soft"];

/** What the pipeline found for the region's edit, one mask of a kind. */
export async function listLayers(context: Context, id: string): Promise<MaskView[]> {
  requireAbility(context, "read");
  const { db } = context.studio;
  const region = await regionRow(db, context, id);
  const editId = await editOf(context, region);
  if (!editId) return [];
  const masks = await db.mask.findMany({
    where: { editId, kind: { not: "human" } },
    orderBy: { id: "asc" },
    include: maskInclude,
  });
  const newest = new Map(masks.map((mask) => [mask.kind, mask]));
  return [...newest.values()]
    .map(presentMask)
    .map((mask) => (region.kind === "sample" ? overRender(mask, region) : mask))
    .filter((mask) => mask !== null)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

async function editOf({ studio }: Context, region: RegionRow): Promise<string | null> {
  if (!region.sample) return region.editId;
  const { candidateId } = region.sample;
  const candidate = await studio.db.candidate.findUnique({
    where: { id: candidateId },
    select: { editId: true },
  });
  return candidate?.editId ?? null;
}

/** A crop tells where the mask lies in the anchor; the render that a sample shows is exactly that crop. */
function overRender(mask: MaskView, { image }: RegionRow): MaskView | null {
  return mask.png.width === image.width && mask.png.height === image.height ? { ...mask, crop: null } : null;
}
