import type { RgbImage } from "@/lib/domain/image";
import type { FloatTensor } from "@/lib/packs/model";

/** Pixels as the VAE wants them: [1,3,H,W] in [−1,1]. */
export function pixelsToTensor({ width, height, data }: RgbImage): FloatTensor {
  const plane = width * height;
  const values = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    values[i] = data[3 * i]! / 127.5 - 1;
    values[plane + i] = data[3 * i + 1]! / 127.5 - 1;
    values[2 * plane + i] = data[3 * i + 2]! / 127.5 - 1;
  }
  return { data: values, dims: [1, 3, height, width] };
}

/** The first image of [B,3,H,W] in [−1,1], cut to that range and rounded to 8 bits. */
export function tensorToPixels({ data, dims }: FloatTensor): RgbImage {
  const height = dims[2]!;
  const width = dims[3]!;
  const plane = width * height;
  const pixels = new Uint8Array(3 * plane);
  for (let channel = 0; channel < 3; channel++) {
    const from = channel * plane;
    for (let i = 0; i < plane; i++) {
      const level = (data[from + i]! + 1) * 127.5;
      pixels[3 * i + channel] = Math.min(255, Math.max(0, Math.round(level)));
    }
  }
  return { width, height, data: pixels };
}
