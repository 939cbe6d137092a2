import sharp from "sharp";

/** Whether every pixel of an encoded image can be decoded. */
export async function decodesAsImage(image: Uint8Array | string): Promise<boolean> {
  try {
    await sharp(image, { failOn: "warning" }).stats();
    return true;
  } catch {
    return false;
  }
}
