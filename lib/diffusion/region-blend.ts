import type { MaskImage, RgbImage } from "@/lib/domain/image";
import type { BlendSchedule } from "./types";

/** Whether the background is put back after step `i` of `count`. */
export function blendsAfter(schedule: BlendSchedule, i: number, count: number): boolean {
  switch (schedule) {
    case "alternate":
      return i % 2 === 1;
    case "every":
      return true;
    case "without-last":
      return i < count - 1;
    case "without-last-two":
      return i < count - 2;
    case "first-and-penultimate":
      return i === 0 || i === count - 2;
    case "none":
      return false;
  }
}

/** The mask on the latent grid, in [0,1]: the mean over the `factor`×`factor` pixels of each cell. */
export function latentMask({ width, height, data }: MaskImage, factor: number): Float32Array {
  const columns = width / factor;
  const cells = new Float32Array((height / factor) * columns);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      cells[Math.floor(y / factor) * columns + Math.floor(x / factor)]! += data[y * width + x]!;
    }
  }
  return cells.map((sum) => sum / (255 * factor * factor));
}

/** M·latents + (1−M)·background for latents [C,h,w] and a mask [h,w]. */
export function blendBackground(
  latents: Float32Array,
  background: Float32Array,
  mask: Float32Array,
): Float32Array {
  return latents.map((value, e) => {
    const weight = mask[e % mask.length]!;
    return weight * value + (1 - weight) * background[e]!;
  });
}

/**
 * Puts the source's pixels into the target wherever the mask is 0, exactly; inside, the target fades in over
 * `feather` pixels from the mask's border.
 */
export function blendPixels(source: RgbImage, target: RgbImage, mask: MaskImage, feather: number): RgbImage {
  const depth = depthInside(mask);
  const data = new Uint8Array(target.data.length);
  for (let i = 0; i < data.length; i++) {
    const weight = Math.min(1, depth[Math.floor(i / 3)]! / (feather + 1));
    data[i] = Math.round(source.data[i]! + weight * (target.data[i]! - source.data[i]!));
  }
  return { width: target.width, height: target.height, data };
}

/** Distance in pixels to the nearest place where the mask is 0 (chamfer 1, √2; the image's edge is no border). */
function depthInside({ width, height, data }: MaskImage): Float32Array {
  const depth = Float32Array.from(data, (level) => (level === 0 ? 0 : Number.POSITIVE_INFINITY));
  const relax = (x: number, y: number, direction: 1 | -1) => {
    const at = y * width + x;
    const from = (dx: number, dy: number, cost: number) => {
      const [u, v] = [x + dx, y + dy];
      if (u < 0 || v < 0 || u >= width || v >= height) return;
      depth[at] = Math.min(depth[at]!, depth[v * width + u]! + cost);
    };
    from(-direction, 0, 1);
    from(0, -direction, 1);
    from(-1, -direction, Math.SQRT2);
    from(1, -direction, Math.SQRT2);
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) relax(x, y, 1);
  for (let y = height - 1; y >= 0; y--) for (let x = width - 1; x >= 0; x--) relax(x, y, -1);
  return depth;
}
