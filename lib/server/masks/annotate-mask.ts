import { UserError } from "@/lib/domain/errors";
import { cocoMask, holesNote, type JsonFormat, softnessNote } from "@/lib/domain/masks/coco-segmentation";
import { type Context, requireAbility } from "../context";
import { regionRow } from "./get-region";
import { readStoredMask } from "./read-stored-mask";

/** A region's current mask as COCO annotates it. */
export async function annotateMask(context: Context, { id, format }: { id: string; format: JsonFormat }) {
  requireAbility(context, "read");
  const { mask } = await regionRow(context.studio.db, context, id);
  if (!mask) throw new UserError("not-found", "This region has no mask yet.", "id");
  const annotation = cocoMask(await readStoredMask(context.studio, mask.pngSha), format);
  return {
    ...annotation,
    notes: [...(mask.soft ? [softnessNote] : []), ...(format === "polygon" ? [holesNote] : [])],
  };
}
