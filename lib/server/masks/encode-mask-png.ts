import sharp from "sharp";
import type { MaskImage } from "@/lib/domain/image";

/** A mask as an 8-bit grey PNG, which keeps every level. */
export function encodeMaskPng({ width, height, data }: MaskImage): Promise<Buffer> {
  return (
    sharp(data, { raw: { width, height, channels: 1 } })
      // Without it, one channel is written as three.
      .toColourspace("b-w")
      .png({ compressionLevel: 6 })
      .toBuffer()
  );
}
