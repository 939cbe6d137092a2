/**
 * A seed in [0, 2^32) for one purpose of a run, from the run's seed and names that say which purpose: the same
 * names give the same seed on every machine, whatever else the run does. 64-bit FNV-1a, folded.
 */
export function deriveSeed(...names: readonly (string | number)[]): number {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(names.join("\u0000"))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  // FNV mixes its last bytes badly; a multiply-shift (Steele et al. 2014) spreads them.
  hash = BigInt.asUintN(64, (hash ^ (hash >> 31n)) * 0xbf58476d1ce4e5b9n);
  return Number(hash >> 32n);
}

/** A number in [0, 1) derived like `deriveSeed`. */
export function deriveUnit(...names: readonly (string | number)[]): number {
  return deriveSeed(...names) / 2 ** 32;
}
