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
  for (let pixel = 0; pixel < depth.length; pixel++) {
    const weight = Math.min(1, depth[pixel]! / (feather + 1));
    for (let i = 3 * pixel; i < 3 * pixel + 3; i++) {
      data[i] = Math.round(source.data[i]! + weight * (target.data[i]! - source.data[i]!));
    }
  }
  return { width: target.width, height: target.height, data };
}

/** Distance in pixels to the nearest place where the mask is 0 (chamfer 1, √2; the image's edge is no border). */
function depthInside({ width, height, data }: MaskImage): Float32Array {
  // A frame of infinite depth around the image saves the bounds checks.
  const stride = width + 2;
  const depth = new Float32Array(stride * (height + 2)).fill(Number.POSITIVE_INFINITY);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (data[y * width + x] === 0) depth[(y + 1) * stride + x + 1] = 0;
  }
  const relax = (at: number, back: 1 | -1) => {
    const straight = Math.min(depth[at - back]!, depth[at - back * stride]!) + 1;
    const across = Math.min(depth[at - back * stride - 1]!, depth[at - back * stride + 1]!) + Math.SQRT2;
    depth[at] = Math.min(depth[at]!, straight, across);
  };
  const first = stride + 1;
  const last = height * stride + width;
  for (let at = first; at <= last; at++) if (at % stride > 0 && at % stride <= width) relax(at, 1);
  for (let at = last; at >= first; at--) if (at % stride > 0 && at % stride <= width) relax(at, -1);
  return Float32Array.from(data, (_, i) => depth[(Math.floor(i / width) + 1) * stride + (i % width) + 1]!);
}
