import type { RgbImage } from "@/lib/domain/image";
import type { PairState } from "./pair-state";

/**
 * What the source's latents are put back on after step `i` when the anchor itself is to be the source. The target's
 * move by the same amount ("virtual inversion", Xu et al. 2023, InfEdit §3): the source ends on the anchor, and the
 * target on the anchor plus what the captions made different, without inverting anything.
 */
export function anchorAfter(
  { anchor, schedule, initialNoise }: PairState,
  i: number,
): Float32Array | undefined {
  if (!anchor || i + 1 >= schedule.timesteps.length) return anchor;
  return schedule.addNoise(anchor, initialNoise, i + 1);
}

/** Levels (of 255) of difference below which a place counts as unchanged, and above which as wholly new. */
const [same, different] = [6, 30];
/** The largest difference within this many pixels counts, so that no seam runs along a changed edge. */
const reach = 2;

/**
 * The anchor's own pixels where source and target decode to the same, the target's where they differ, and a mix
 * between. So nothing that the VAE loses is lost where nothing changed, and no trace of the old shows in the new.
 */
export function anchorWithChanges(anchor: RgbImage, source: RgbImage, target: RgbImage): RgbImage {
  const { width, height } = anchor;
  const change = new Float32Array(width * height);
  for (let pixel = 0; pixel < change.length; pixel++) {
    for (let at = 3 * pixel; at < 3 * pixel + 3; at++) {
      change[pixel] = Math.max(change[pixel]!, Math.abs(target.data[at]! - source.data[at]!));
    }
  }
  const spread = largestNearby(largestNearby(change, width, 1), width, width);
  const data = Uint8Array.from(anchor.data, (level, at) => {
    const weight = Math.min(1, Math.max(0, (spread[Math.floor(at / 3)]! - same) / (different - same)));
    return Math.round(level + weight * (target.data[at]! - level));
  });
  return { width, height, data };
}

/** The largest value within `reach` places along rows (`stride` 1) or columns (`stride` = width). */
function largestNearby(values: Float32Array, width: number, stride: number): Float32Array {
  return values.map((_, at) => {
    let largest = 0;
    for (let step = -reach; step <= reach; step++) {
      const other = at + step * stride;
      const inside = stride === 1 ? Math.floor(other / width) === Math.floor(at / width) : true;
      if (inside && other >= 0 && other < values.length) largest = Math.max(largest, values[other]!);
    }
    return largest;
  });
}
