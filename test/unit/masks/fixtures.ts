import { readFileSync } from "node:fs";
import type { MaskImage } from "@/lib/domain/image";

const folder = new URL("../../fixtures/masks/", import.meta.url);

/** What scipy and scikit-image make of some masks; see test/fixtures/masks/make_fixtures.py. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as T;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A hard mask, packed one bit a pixel. */
export function hardMask({ width, height }: Size, packed: string): MaskImage {
  const bytes = Buffer.from(packed, "base64");
  const data = Uint8Array.from(
    { length: width * height },
    (_, i) => ((bytes[i >> 3]! >> (7 - (i & 7))) & 1) * 255,
  );
  return { width, height, data };
}

/** One byte a pixel. */
export function softMask({ width, height }: Size, packed: string): MaskImage {
  return { width, height, data: new Uint8Array(Buffer.from(packed, "base64")) };
}

/** A mask drawn with # for white and anything else for black. */
export function draw(...rows: string[]): MaskImage {
  const data = Uint8Array.from(rows.join(""), (pixel) => (pixel === "#" ? 255 : 0));
  return { width: rows[0]!.length, height: rows.length, data };
}

export function show({ width, height, data }: MaskImage): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from(data.slice(y * width, (y + 1) * width), (level) => (level > 127 ? "#" : ".")).join(""),
  );
}

/** A mask that make_fixtures.py computes too: bands of a quadratic form. */
export function formulaMask({ width, height }: Size): MaskImage {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (Math.floor((x * x + 3 * y * y + x * y) / 2 ** 18) % 3 === 0) data[y * width + x] = 255;
    }
  }
  return { width, height, data };
}

/** How many pixels differ. */
export function differing(a: MaskImage, b: MaskImage): number {
  return a.data.reduce((count, level, i) => count + (level === b.data[i] ? 0 : 1), 0);
}

export function largestDifference(a: MaskImage, b: MaskImage): number {
  return a.data.reduce((largest, level, i) => Math.max(largest, Math.abs(level - b.data[i]!)), 0);
}
