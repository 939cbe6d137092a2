import sharp, { type Metadata } from "sharp";
import { UserError } from "@/lib/domain/errors";
import type { ImageLimits } from "./image-limits";
import type { LoadedImage } from "./load-image";
import { type SniffedFormat, sniffImage } from "./sniff-image";

export type ReadableFormat = "jpeg" | "png" | "webp" | "gif" | "tiff" | "avif";

export type InspectedImage = {
  format: ReadableFormat;
  metadata: Metadata;
  /** Pixels, after EXIF orientation. */
  width: number;
  height: number;
  notes: string[];
};

const EXTENSIONS: Record<ReadableFormat, readonly string[]> = {
  jpeg: ["jpg", "jpeg", "jpe", "jfif"],
  png: ["png", "apng"],
  webp: ["webp"],
  gif: ["gif"],
  tiff: ["tif", "tiff"],
  avif: ["avif"],
};

const REFUSED: Record<Exclude<SniffedFormat, ReadableFormat>, string> = {
  heic: "is a HEIC image, which cannot be read here; save it as JPEG or PNG",
  svg: "is an SVG drawing, not a photograph; save it as PNG first",
  pdf: "is a PDF document; save its pages as PNG or JPEG",
  zip: "is a ZIP archive; unpack it and import the folder",
  html: "is a web page, not an image; check the address it came from",
  unknown: "is not an image in a known format (JPEG, PNG, WebP, AVIF, TIFF or a still GIF), or it is damaged",
};

/** Decides from the header alone, before a pixel is decoded, whether an image may come in. */
export async function inspectImage(image: LoadedImage, limits: ImageLimits): Promise<InspectedImage> {
  const { name, bytes } = image;
  const { format, animated } = sniffImage(bytes);
  if (!isReadable(format)) throw new UserError("bad-input", `${name} ${REFUSED[format]}.`, name);
  if (animated) throw animatedError(name);
  const metadata = await readHeader(image);
  if ((metadata.pages ?? 1) > 1)
    throw format === "tiff"
      ? new UserError(
          "bad-input",
          `${name} has ${metadata.pages} pages; save the one you want on its own.`,
          name,
        )
      : animatedError(name);
  const { width, height } = metadata.autoOrient;
  checkSize(name, width, height, limits);
  return { format, metadata, width, height, notes: extensionNote(name, format) };
}

async function readHeader({ name, bytes }: LoadedImage): Promise<Metadata> {
  try {
    // Only the header is read here; the pixel limit is ours to check, with the size in the message.
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw damagedError(name, error);
  }
}

/** The decoder's own words, cut to one line, behind a sentence for people. */
export function damagedError(name: string, error: unknown): UserError {
  const detail = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
  const shown = detail.replace(/^Input buffer has corrupt header:\s*/i, "").slice(0, 160);
  return new UserError("bad-input", `${name} is damaged or cut short${shown && ` (${shown})`}.`, name);
}

function animatedError(name: string): UserError {
  return new UserError("bad-input", `${name} is animated; save the frame you want as PNG.`, name);
}

function checkSize(name: string, width: number, height: number, limits: ImageLimits): void {
  const refuse = (why: string) => {
    throw new UserError("limit-exceeded", `${name} is ${width} × ${height} pixels; ${why}.`, name);
  };
  if (Math.max(width, height) > limits.maxSide) refuse(`the longest side may be ${limits.maxSide}`);
  if (Math.min(width, height) < limits.minSide)
    refuse(`the shortest side must be at least ${limits.minSide}`);
  if (width * height > limits.maxPixels)
    refuse(`at most ${Math.round(limits.maxPixels / 1_000_000)} million pixels are allowed`);
}

function extensionNote(name: string, format: ReadableFormat): string[] {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase();
  if (!extension || EXTENSIONS[format].includes(extension)) return [];
  const known = Object.values(EXTENSIONS).some((list) => list.includes(extension));
  return known ? [`${name} is really ${format.toUpperCase()}; it was read by its content.`] : [];
}

function isReadable(format: SniffedFormat): format is ReadableFormat {
  return format in EXTENSIONS;
}
