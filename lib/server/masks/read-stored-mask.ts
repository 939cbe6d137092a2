import sharp from "sharp";
import type { MaskImage } from "@/lib/domain/image";
import type { Studio } from "../context";
import { DEFAULT_IMAGE_LIMITS } from "../images/image-limits";

/** The pixels of a mask in the image store. */
export async function readStoredMask({ store }: Pick<Studio, "store">, pngSha: string): Promise<MaskImage> {
  const { data, info } = await sharp(await store.read(pngSha), {
    limitInputPixels: DEFAULT_IMAGE_LIMITS.maxPixels,
  })
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error(`The mask ${pngSha} has ${info.channels} channels.`);
  return { width: info.width, height: info.height, data };
}
