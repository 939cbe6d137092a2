import { open } from "node:fs/promises";
import { decodesAsImage } from "./decodes-as-image";
import type { FileCheck } from "./file-check";

const PARTS =
  /^(\d{9})\.(input_image\.(?:png|jpg)|edited_image\.(?:png|jpg)|mask_image\.png|edit_prompt\.txt|json)$/;
const IMAGE = /\.(png|jpg)$/;

/** Walks a tar archive header by header; every sample must have its five parts, side by side. */
export async function validateWebDataset(path: string): Promise<FileCheck> {
  const check: FileCheck = { rows: 0, images: 0, problems: [] };
  const parts = new Map<string, number>();
  const file = await open(path);
  try {
    const header = Buffer.alloc(512);
    for (let at = 0; ; ) {
      const { bytesRead } = await file.read(header, 0, 512, at);
      if (bytesRead < 512 || header.every((byte) => byte === 0)) break;
      const name = header.toString("latin1", 0, 100).replace(/\0.*$/s, "");
      const size = Number.parseInt(header.toString("latin1", 124, 135), 8);
      const sum = Number.parseInt(header.toString("latin1", 148, 154), 8);
      if (sum !== checksum(header) || !Number.isInteger(size)) {
        check.problems.push(`the header at byte ${at} is damaged.`);
        break;
      }
      const key = PARTS.exec(name)?.[1];
      if (!key) check.problems.push(`${name} belongs to no sample.`);
      else parts.set(key, (parts.get(key) ?? 0) + 1);
      if (IMAGE.test(name)) {
        const content = Buffer.alloc(size);
        await file.read(content, 0, size, at + 512);
        if (await decodesAsImage(content)) check.images++;
        else check.problems.push(`${name} does not decode.`);
      }
      at += 512 + Math.ceil(size / 512) * 512;
    }
  } finally {
    await file.close();
  }
  for (const [key, count] of parts)
    if (count !== 5) check.problems.push(`sample ${key} has ${count} of 5 parts.`);
  check.rows = parts.size;
  return check;
}

/** Sum of the header's bytes with the checksum's own eight as spaces (POSIX ustar). */
function checksum(header: Buffer): number {
  return header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}
