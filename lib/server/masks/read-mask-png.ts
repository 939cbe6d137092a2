import sharp from "sharp";
import { UserError } from "@/lib/domain/errors";
import { maskFromPixels } from "@/lib/domain/masks/check-mask-pixels";
import { DEFAULT_IMAGE_LIMITS } from "../images/image-limits";
import { pixelBudget } from "../images/pixel-budget";
import { encodeMaskPng } from "./encode-mask-png";

/** A checked mask file: an 8-bit grey PNG with what its pixels say. */
export interface MaskPng {
  bytes: Buffer;
  width: number;
  height: number;
  /** Pixels of at least 128. */
  area: number;
  /** Whether any pixel lies between 0 and 255. */
  soft: boolean;
}

/** Pixels in work at once in this process. */
const decoding = pixelBudget(DEFAULT_IMAGE_LIMITS.maxPixels);

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export interface MaskFileExpectation {
  /** What the messages call the file. */
  name: string;
  /** Size of the image that the mask is for. */
  width: number;
  height: number;
  /** Whether levels between 0 and 255 are welcome. */
  soft: boolean;
}

/** Masks that the studio's own pages draw come as they are kept; files of other tools may need turning into that. */
export type MaskOrigin = "desk" | "file";

/**
 * Reads a mask file and makes sure that it is one: a PNG of 8 bits a channel, grey or in grey colours, opaque, of the
 * image's size, and complete.
 * @throws UserError that says what is wrong
 */
export async function readMaskPng(
  file: Buffer,
  { name, width, height, soft }: MaskFileExpectation,
  origin: MaskOrigin,
): Promise<MaskPng> {
  const header = readHeader(file, name);
  if (header.width !== width || header.height !== height) {
    throw new UserError(
      "bad-input",
      `${name} is ${header.width}×${header.height} pixels, but its image is ${width}×${height}; a mask must have the size of its image.`,
      name,
    );
  }
  if (header.depth > 8) {
    throw new UserError(
      "bad-input",
      `${name} has ${header.depth} bits a channel; save it as an 8-bit PNG.`,
      name,
    );
  }
  return decoding(width * height, async () => {
    const png = sharp(file, { limitInputPixels: DEFAULT_IMAGE_LIMITS.maxPixels });
    // Otherwise one channel is read as three.
    const { data, info } = await (header.colour === 0 ? png.toColourspace("b-w") : png)
      .raw()
      .toBuffer({ resolveWithObject: true })
      .catch((error: Error) => {
        throw new UserError("bad-input", `${name} is damaged: ${error.message.split("\n")[0]}.`, name);
      });
    const grey = header.depth === 8 && header.colour === 0;
    if (origin === "desk") {
      if (!grey || info.channels !== 1)
        throw new UserError("bad-input", `${name} must be an 8-bit grey PNG.`, name);
      return { bytes: file, width, height, ...measure(data) };
    }
    // A Buffer's slice() would share its memory.
    const bare = new Uint8Array(data.buffer, data.byteOffset, data.length);
    const pixels = { width: info.width, height: info.height, channels: info.channels, pixels: bare };
    const mask = maskFromPixels(pixels, { name, width, height, soft });
    const unchanged = grey && Buffer.compare(data, mask.data) === 0;
    const bytes = unchanged ? file : await encodeMaskPng(mask);
    return { bytes, width, height, ...measure(mask.data) };
  });
}

/** The PNG's own account of itself, before a pixel is decoded. */
function readHeader(file: Buffer, name: string) {
  if (
    file.length < 33 ||
    !file.subarray(0, 8).equals(signature) ||
    file.toString("latin1", 12, 16) !== "IHDR"
  ) {
    throw new UserError("bad-input", `${name} is not a PNG file; masks are 8-bit grey PNGs.`, name);
  }
  return {
    width: file.readUInt32BE(16),
    height: file.readUInt32BE(20),
    depth: file.readUInt8(24),
    colour: file.readUInt8(25),
  };
}

function measure(grey: Uint8Array): { area: number; soft: boolean } {
  let area = 0;
  let soft = false;
  for (let i = 0; i < grey.length; i++) {
    const level = grey[i]!;
    if (level >= 128) area++;
    if (level !== 0 && level !== 255) soft = true;
  }
  return { area, soft };
}
