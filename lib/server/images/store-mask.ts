import sharp from "sharp";
import type { MaskImage } from "@/lib/domain/image";
import type { ObjectStore } from "../object-store";
import type { StoredPicture } from "./store-picture";

/** Puts a mask into the store as an 8-bit grey PNG. */
export async function storeMask(
  store: ObjectStore,
  { data, width, height }: MaskImage,
): Promise<StoredPicture> {
  const png = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png({ compressionLevel: 9 })
    .toBuffer();
  const { sha256, bytes } = await store.put(png);
  return { sha256, mime: "image/png", width, height, bytes };
}
