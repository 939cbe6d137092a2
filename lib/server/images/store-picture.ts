import sharp from "sharp";
import type { RgbImage } from "@/lib/domain/image";
import type { ObjectStore } from "../object-store";

export interface StoredPicture {
  sha256: string;
  mime: string;
  width: number;
  height: number;
  bytes: number;
}

/** Puts a generated image into the store as PNG, which keeps every pixel. */
export async function storePicture(
  store: ObjectStore,
  { data, width, height }: RgbImage,
): Promise<StoredPicture> {
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
  const { sha256, bytes } = await store.put(png);
  return { sha256, mime: "image/png", width, height, bytes };
}
