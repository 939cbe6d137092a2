import type { RgbImage } from "@/lib/domain/image";

/** A simple scene: a blue sky above green ground, and a red square; enough to see that a model runs. */
export function smokeImage(width: number, height: number): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inSquare = Math.abs(x / width - 0.5) < 0.15 && Math.abs(y / height - 0.55) < 0.15;
      data.set(
        inSquare ? [200, 40, 40] : y < 0.6 * height ? [130, 180, 230] : [90, 150, 70],
        3 * (y * width + x),
      );
    }
  }
  return { width, height, data };
}
