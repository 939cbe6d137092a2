import sharp from "sharp";
import type { RgbImage } from "@/lib/domain/image";

/** [left, top, width, height] in pixels of the anchor. */
export type Crop = [left: number, top: number, width: number, height: number];

/** The largest centred part of an image with the aspect ratio of `size` ([height, width] in pixels). */
export function centreCrop(
  image: { width: number; height: number },
  [height, width]: readonly [number, number],
): Crop {
  const scale = Math.min(image.width / width, image.height / height);
  const cropWidth = Math.min(image.width, Math.max(1, Math.round(width * scale)));
  const cropHeight = Math.min(image.height, Math.max(1, Math.round(height * scale)));
  return [
    Math.floor((image.width - cropWidth) / 2),
    Math.floor((image.height - cropHeight) / 2),
    cropWidth,
    cropHeight,
  ];
}

/**
 * An anchor as the generator takes it: centre-cropped to the aspect ratio of `size` and resized to it
 * (UltraEdit resizes the short side and crops the centre: the same pixels for a square).
 */
export async function anchorAtSize(
  file: Buffer,
  size: readonly [height: number, width: number],
): Promise<{ image: RgbImage; crop: Crop }> {
  const upright = sharp(file).rotate().toColourspace("srgb").removeAlpha();
  const { width, height } = await sharp(file).metadata();
  const crop = centreCrop({ width, height }, size);
  const [left, top, cropWidth, cropHeight] = crop;
  const data = await upright
    .extract({ left, top, width: cropWidth, height: cropHeight })
    .resize(size[1], size[0], { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { image: { width: size[1], height: size[0], data }, crop };
}
