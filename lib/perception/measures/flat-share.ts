import type { RgbImage } from "@/lib/domain/image";

const tolerance = 2;

/** Share of the pixels whose channels are all within 2 levels of the most common colour; 1 is one flat colour. */
export function flatShare({ width, height, data }: RgbImage): number {
  const pixels = width * height;
  const counts = new Map<number, number>();
  let [common, most] = [0, 0];
  for (let i = 0; i < pixels; i++) {
    const colour = (data[3 * i]! << 16) | (data[3 * i + 1]! << 8) | data[3 * i + 2]!;
    const count = (counts.get(colour) ?? 0) + 1;
    counts.set(colour, count);
    if (count > most) [common, most] = [colour, count];
  }
  const near = (level: number, wanted: number) => Math.abs(level - wanted) <= tolerance;
  let flat = 0;
  for (const [colour, count] of counts) {
    const same =
      near(colour >> 16, common >> 16) &&
      near((colour >> 8) & 255, (common >> 8) & 255) &&
      near(colour & 255, common & 255);
    if (same) flat += count;
  }
  return flat / pixels;
}
