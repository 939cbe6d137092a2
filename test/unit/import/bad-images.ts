import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** Four solid quadrants: red, green / blue, white. Turned or recoloured, it says how. */
export function quadrants(width = 64, height = 48): { data: Buffer; width: number; height: number } {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const right = x >= width / 2;
      const colour =
        y >= height / 2 ? (right ? [255, 255, 255] : [0, 0, 255]) : right ? [0, 255, 0] : [255, 0, 0];
      data.set(colour, (y * width + x) * 3);
    }
  return { data, width, height };
}

export function quadrantsSharp(width = 64, height = 48): Sharp {
  const { data } = quadrants(width, height);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** A picture with detail everywhere, so that its file is long enough to cut. */
export function noisy(width = 200, height = 150, seed = 1): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = seed >>> 0;
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[at] = state >>> 24;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export function pngChunk(type: string, body: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + body.length);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write(type, 4, "latin1");
  chunk.set(body, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)) >>> 0, 8 + body.length);
  return chunk;
}

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG written by hand: any claimed size, any pixel data. */
export function handMadePng(
  width: number,
  height: number,
  pixels: Uint8Array,
  before: Buffer[] = [],
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    PNG_MAGIC,
    pngChunk("IHDR", header),
    ...before,
    pngChunk("IDAT", deflateSync(pixels)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A PNG whose header promises `side` × `side` pixels and whose data is a small deflate of zeros. */
export function bombPng(side: number, inflated = 8 * 1024 * 1024): Buffer {
  return handMadePng(side, side, Buffer.alloc(inflated));
}

/** A JPEG with an EXIF orientation, stored turned so that it looks upright when the orientation is obeyed. */
export function turnedJpeg(orientation: number): Promise<Buffer> {
  return quadrantsSharp()
    .withMetadata({ orientation })
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
    .toBuffer();
}

export function animated(format: "gif" | "webp"): Promise<Buffer> {
  const frame = 32 * 32 * 3;
  const frames = Buffer.concat([Buffer.alloc(frame, 10), Buffer.alloc(frame, 200), Buffer.alloc(frame, 90)]);
  const strip = sharp(frames, { raw: { width: 32, height: 96, channels: 3, pageHeight: 32 } });
  return format === "gif" ? strip.gif({ delay: [100, 100, 100] }).toBuffer() : strip.webp().toBuffer();
}
