import sharp from "sharp";
import type { MaskImage } from "@/lib/domain/image";
import type { Crop } from "@/lib/stages/anchor-image";
import type { Studio } from "../context";
import { Prisma, type Transaction } from "../database/client";
import { readStoredMask } from "../masks/read-stored-mask";
import type { WorkRow } from "./edit-work";

export type HumanMaskRow = { id: string; pngSha: string; imageSha: string; authorId: string | null };

/**
 * The mask that people drew for an edit, the newest where there are several: one that the edit was sent back with, the
 * current revision of its region, or one that was imported for it. Null if nobody drew any.
 */
export async function humanMaskOf(
  db: Transaction,
  edit: Pick<WorkRow, "id" | "guideMaskId">,
): Promise<HumanMaskRow | null> {
  const select = { id: true, pngSha: true, imageSha: true, authorId: true } as const;
  if (edit.guideMaskId) return db.mask.findUnique({ where: { id: edit.guideMaskId }, select });
  const region = await db.region.findFirst({
    where: { kind: "edit", subjectId: edit.id, state: { not: "skipped" }, maskId: { not: null } },
    select: { mask: { select } },
  });
  if (region?.mask) return region.mask;
  return db.mask.findFirst({
    // What the pipeline made of a drawn mask has a crop.
    where: { editId: edit.id, kind: "human", crop: { equals: Prisma.DbNull } },
    orderBy: { id: "desc" },
    select,
  });
}

/**
 * A drawn mask at the generator's size. One drawn on the anchor is cut to the anchor's crop; one drawn on a render
 * already shows that crop.
 */
export async function humanMaskAtSize(
  studio: Studio,
  mask: HumanMaskRow,
  anchor: { sha256: string; crop: Crop; image: { width: number; height: number } },
): Promise<MaskImage> {
  const drawn = await readStoredMask(studio, mask.pngSha);
  const { width, height } = anchor.image;
  let pixels = sharp(drawn.data, { raw: { width: drawn.width, height: drawn.height, channels: 1 } });
  if (mask.imageSha === anchor.sha256) {
    const [left, top, cropWidth, cropHeight] = anchor.crop;
    pixels = pixels.extract({ left, top, width: cropWidth, height: cropHeight });
  }
  const hard = drawn.data.every((level) => level === 0 || level === 255);
  const data = await pixels
    .resize(width, height, { fit: "fill", kernel: hard ? "nearest" : "linear" })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(data) };
}
