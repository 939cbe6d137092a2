import sharp from "sharp";
import { UserError } from "@/lib/domain/errors";
import type { ImageEncoding } from "./export-types";

export type EncodedImage = { bytes: Buffer; extension: "png" | "jpg"; width: number; height: number };

/** The image as RGB in the asked format, without any metadata; the pixels are unchanged if the format is PNG. */
export async function encodeImage(
  image: Uint8Array,
  encoding: ImageEncoding,
  name: string,
): Promise<EncodedImage> {
  try {
    const pixels = sharp(image, { failOn: "warning" }).removeAlpha().toColourspace("srgb");
    const encoded =
      encoding.format === "png"
        ? pixels.png({ compressionLevel: 6 })
        : pixels.jpeg({ quality: encoding.quality, chromaSubsampling: "4:4:4" });
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
    const extension = encoding.format === "png" ? "png" : "jpg";
    return { bytes: data, extension, width: info.width, height: info.height };
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** A mask as an 8-bit greyscale PNG; white = may change. */
export async function encodeMask(mask: Uint8Array, name: string): Promise<EncodedImage> {
  try {
    const grey = sharp(mask, { failOn: "warning" }).removeAlpha().toColourspace("b-w");
    const { data, info } = await grey.png({ compressionLevel: 9 }).toBuffer({ resolveWithObject: true });
    return { bytes: data, extension: "png", width: info.width, height: info.height };
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** The mask of an edit that may change everything. */
export async function whiteMask(width: number, height: number): Promise<EncodedImage> {
  const white = sharp({ create: { width, height, channels: 3, background: "#ffffff" } });
  return encodeMask(await white.png().toBuffer(), "white mask");
}

function unreadable(name: string, error: unknown): UserError {
  const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return new UserError(
    "bad-input",
    `The ${name} cannot be read (${why}); withdraw the sample or restore it.`,
    name,
  );
}
