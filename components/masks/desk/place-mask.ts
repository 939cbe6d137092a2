import type { MaskImage } from "@/lib/domain/image";

/**
 * A mask at the image's full size: one that covers only a crop, at whatever size it was drawn, is scaled to the crop
 * (the nearest pixel, so that hard masks stay hard) and is 0 outside.
 * @param crop left, top, width and height in pixels of the image; null if the mask covers all of it
 */
export function placeMask(
  mask: MaskImage,
  crop: readonly [left: number, top: number, width: number, height: number] | null,
  image: { width: number; height: number },
): MaskImage {
  const { width, height } = image;
  const [left, top, cropWidth, cropHeight] = crop ?? [0, 0, width, height];
  if (mask.width === width && mask.height === height && cropWidth === width && cropHeight === height) {
    return mask;
  }
  const data = new Uint8Array(width * height);
  const [right, bottom] = [Math.min(width, left + cropWidth), Math.min(height, top + cropHeight)];
  for (let y = Math.max(0, top); y < bottom; y++) {
    const row = Math.floor(((y - top + 0.5) * mask.height) / cropHeight) * mask.width;
    for (let x = Math.max(0, left); x < right; x++) {
      data[y * width + x] = mask.data[row + Math.floor(((x - left + 0.5) * mask.width) / cropWidth)]!;
    }
  }
  return { width, height, data };
}
