import type { MaskImage } from "@/lib/domain/image";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** A mask as an 8-bit grey PNG (PNG specification, third edition), every level exact. Meant for a worker. */
export async function encodeMaskPng({ width, height, data }: MaskImage): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // 8 bits a sample, grey, the one compression, adaptive filters, not interlaced.
  header.set([8, 0, 0, 0, 0], 8);
  const chunks = [
    Uint8Array.from(signature),
    chunk("IHDR", header),
    chunk("IDAT", await deflate(width, height, data)),
    chunk("IEND", new Uint8Array(0)),
  ];
  const file = new Uint8Array(chunks.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of chunks) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** Rows are told as differences from the row above, which for masks are mostly zeros. */
async function deflate(width: number, height: number, data: Uint8Array): Promise<Uint8Array> {
  const stream = new CompressionStream("deflate");
  const packed = new Response(stream.readable).arrayBuffer();
  const writer = stream.writable.getWriter();
  const rowsAtOnce = Math.max(1, Math.floor(1_000_000 / (width + 1)));
  const filterUp = 2;
  for (let top = 0; top < height; top += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - top);
    const lines = new Uint8Array(rows * (width + 1));
    for (let row = 0; row < rows; row++) {
      const from = (top + row) * width;
      const to = row * (width + 1);
      lines[to] = filterUp;
      if (top + row === 0) lines.set(data.subarray(0, width), to + 1);
      else for (let x = 0; x < width; x++) lines[to + 1 + x] = data[from + x]! - data[from - width + x]!;
    }
    await writer.write(lines);
  }
  await writer.close();
  return new Uint8Array(await packed);
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const part = new Uint8Array(body.length + 12);
  const view = new DataView(part.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) part[4 + i] = type.charCodeAt(i);
  part.set(body, 8);
  let crc = 0xffffffff;
  for (let i = 4; i < 8 + body.length; i++) crc = crcTable[(crc ^ part[i]!) & 255]! ^ (crc >>> 8);
  view.setUint32(8 + body.length, (crc ^ 0xffffffff) >>> 0);
  return part;
}
