import type { PairControl } from "./pair-control";

type Blend = NonNullable<PairControl["localBlend"]>;

/** Attention to the chosen words so far, summed over steps; one map a row of the pair, `height`×`width` cells. */
export interface BlendMaps {
  readonly height: number;
  readonly width: number;
  readonly source: Float64Array;
  readonly target: Float64Array;
}

/** Maps of the pair before any step, on the grid of `cross_maps`. */
export function emptyBlendMaps(height: number, width: number): BlendMaps {
  const cells = height * width;
  return { height, width, source: new Float64Array(cells), target: new Float64Array(cells) };
}

/**
 * Adds one step's maps, in place.
 * @param sourceMaps @param targetMaps the rows of `cross_maps`, [T,height,width]
 */
export function addBlendMaps(
  maps: BlendMaps,
  blend: Blend,
  sourceMaps: Float32Array,
  targetMaps: Float32Array,
): void {
  const cells = maps.height * maps.width;
  const add = (sum: Float64Array, from: Float32Array, tokens: readonly number[]) => {
    for (const token of tokens) for (let c = 0; c < cells; c++) sum[c]! += from[token * cells + c]!;
  };
  add(maps.source, sourceMaps, blend.sourceTokens);
  add(maps.target, targetMaps, blend.targetTokens);
}

/**
 * Where the target may differ from the source (Hertz et al. 2022, local editing): each row's map, 3×3 max-pooled,
 * enlarged to the latents by the nearest cell, divided by its maximum and cut at the threshold; then the union.
 * @returns 0 or 1 per latent cell, `height`×`width`
 */
export function localBlendMask(
  maps: BlendMaps,
  threshold: number,
  height: number,
  width: number,
): Uint8Array {
  const mask = new Uint8Array(height * width);
  for (const map of [maps.source, maps.target]) {
    const pooled = maxPool3(map, maps.height, maps.width);
    const largest = pooled.reduce((a, b) => Math.max(a, b), 0);
    if (largest === 0) continue;
    for (let y = 0; y < height; y++) {
      const row = Math.floor((y * maps.height) / height) * maps.width;
      for (let x = 0; x < width; x++) {
        const cell = row + Math.floor((x * maps.width) / width);
        if (pooled[cell]! / largest > threshold) mask[y * width + x] = 1;
      }
    }
  }
  return mask;
}

/** Puts the source's latents [C,h,w] into the target's wherever `mask` is 0, in place. */
export function blendLatents(target: Float32Array, source: Float32Array, mask: Uint8Array): void {
  for (let i = 0; i < target.length; i++) if (mask[i % mask.length] === 0) target[i] = source[i]!;
}

function maxPool3(map: Float64Array, height: number, width: number): Float64Array {
  const pooled = new Float64Array(map.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          largest = Math.max(largest, map[v * width + u]!);
        }
      }
      pooled[y * width + x] = largest;
    }
  }
  return pooled;
}
