import sharp from "sharp";
import type { RgbImage } from "@/lib/domain/image";

/** A picture as a `data:` address, which endpoints take in place of a link. PNG: a judge must not see JPEG's artefacts. */
export async function pictureUrl({ width, height, data }: RgbImage): Promise<string> {
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}
