import sharp, { type Sharp } from "sharp";
import type { ImageFormat } from "./ingested-image";
import { damagedError, type InspectedImage } from "./inspect-image";
import type { LoadedImage } from "./load-image";
import { stripJpeg } from "./strip-jpeg";

export type NormalisedImage = { bytes: Buffer; format: ImageFormat; notes: string[] };

/** Results are cached in files of our own; libvips need not keep pixels as well. */
sharp.cache(false);

/**
 * The image upright, sRGB, 8 bits a channel, three channels, without metadata. A file that is so already keeps its
 * coded pixels; a photograph from a lossy format becomes JPEG (quality 95, 4:4:4), anything else PNG.
 */
export async function normaliseImage(
  image: LoadedImage,
  inspected: InspectedImage,
): Promise<NormalisedImage> {
  const kept = keepCodedPixels(image.bytes, inspected);
  if (kept) return { ...kept, notes: [] };
  const notes = changes(image.name, inspected);
  try {
    let pixels = decode(image.bytes).autoOrient();
    if (inspected.metadata.hasAlpha) pixels = pixels.flatten({ background: "#ffffff" });
    pixels = pixels.toColourspace("srgb");
    const lossy = inspected.format === "jpeg" || inspected.format === "avif";
    return lossy
      ? {
          bytes: await pixels.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer(),
          format: "jpeg",
          notes,
        }
      : { bytes: await pixels.png({ compressionLevel: 6, palette: false }).toBuffer(), format: "png", notes };
  } catch (error) {
    throw damagedError(image.name, error);
  }
}

/** A decoder that fails on anything damaged; sizes were checked against the limits before. */
export function decode(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: "warning", limitInputPixels: false, sequentialRead: true });
}

function keepCodedPixels(
  bytes: Buffer,
  { format, metadata }: InspectedImage,
): Omit<NormalisedImage, "notes"> | null {
  const plain =
    (metadata.orientation ?? 1) === 1 &&
    metadata.space === "srgb" &&
    metadata.depth === "uchar" &&
    metadata.channels === 3 &&
    !metadata.hasAlpha &&
    isSrgbProfile(metadata.icc);
  if (!plain) return null;
  if (format === "jpeg") {
    const stripped = stripJpeg(bytes);
    return stripped && { bytes: stripped, format };
  }
  const bare =
    !metadata.icc && !metadata.exif && !metadata.xmp && !metadata.iptc && !metadata.comments?.length;
  if (format === "webp" && bare) return { bytes, format };
  if (format === "png" && bare && !metadata.isPalette) return { bytes, format };
  return null;
}

/** No profile means sRGB; a profile is sRGB if its description, ASCII or UTF-16, says so. */
function isSrgbProfile(icc: Buffer | undefined): boolean {
  if (!icc) return true;
  return icc.includes("sRGB", 0, "latin1") || icc.includes(Buffer.from("sRGB", "utf16le").swap16());
}

function changes(name: string, { metadata }: InspectedImage): string[] {
  const notes: string[] = [];
  if (metadata.space === "cmyk") notes.push(`${name} was CMYK and was converted to RGB.`);
  if (metadata.depth !== "uchar") notes.push(`${name} had more than 8 bits a channel and was reduced to 8.`);
  if (metadata.hasAlpha) notes.push(`${name} had transparency, which was laid on white.`);
  return notes;
}
