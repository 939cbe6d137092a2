import type { DrawNoise } from "@/lib/domain/draw-noise";

/** Names the way noise is made; part of every recipe, so that it can change without breaking old ones. */
export const noiseVersion = "philox4x32-10/box-muller/1";

/** What the noise is for; streams of one seed are independent. */
export type NoiseStream = "initial" | "step";

/**
 * Standard normal noise from a counter-based generator (Philox 4×32-10, Salmon et al. 2011) and Box–Muller: value
 * e depends on (seed, stream, step, e) alone, so it is the same in any batch, in any order, on any machine.
 * @param seed non-negative integer below 2^53
 * @param count number of values
 */
export function normalNoise(seed: number, stream: NoiseStream, step: number, count: number): Float32Array {
  const values = new Float32Array(count);
  const key0 = seed >>> 0;
  const key1 = Math.floor(seed / 2 ** 32) >>> 0;
  const block = new Uint32Array(4);
  for (let start = 0; start < count; start += 4) {
    block[0] = start / 4;
    block[1] = step;
    block[2] = stream === "initial" ? 0 : 1;
    block[3] = 0;
    philox(block, key0, key1);
    for (let pair = 0; pair < 2; pair++) {
      const radius = Math.sqrt(-2 * Math.log((block[2 * pair]! + 0.5) / 2 ** 32));
      const angle = 2 * Math.PI * ((block[2 * pair + 1]! + 0.5) / 2 ** 32);
      const at = start + 2 * pair;
      if (at < count) values[at] = radius * Math.cos(angle);
      if (at + 1 < count) values[at + 1] = radius * Math.sin(angle);
    }
  }
  return values;
}

/** The sum of the initial noises of several seeds, by their weights. */
export function mixedNoise(terms: DrawNoise, count: number): Float32Array {
  const sum = new Float64Array(count);
  for (const { seed, weight } of terms) {
    normalNoise(seed, "initial", 0, count).forEach((value, e) => {
      sum[e]! += weight * value;
    });
  }
  return Float32Array.from(sum);
}

/** Philox 4×32 with ten rounds, in place. */
export function philox(counter: Uint32Array, key0: number, key1: number): void {
  let [c0, c1, c2, c3] = [counter[0]!, counter[1]!, counter[2]!, counter[3]!];
  let [k0, k1] = [key0, key1];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  counter[0] = c0;
  counter[1] = c1;
  counter[2] = c2;
  counter[3] = c3;
}

/** Upper 32 bits of the product of two unsigned 32-bit numbers, in exact arithmetic. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}
