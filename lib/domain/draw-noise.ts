import { z } from "zod";

/**
 * A draw's initial noise as a sum of independent standard normal noises, each named by its seed. The squares of the weights add up
 * to 1, so that the sum is standard normal again. The first seed is the root: the noise that all of a lineage began with.
 */
export const drawNoiseSchema = z
  .array(z.object({ seed: z.int(), weight: z.number() }))
  .min(1)
  .readonly();
export type DrawNoise = z.infer<typeof drawNoiseSchema>;

export function noiseOfSeed(seed: number): DrawNoise {
  return [{ seed, weight: 1 }];
}

/** The noise of a recipe. */
export function noiseOf(recipe: { seed: number; noiseSum?: DrawNoise | undefined }): DrawNoise {
  return recipe.noiseSum ?? noiseOfSeed(recipe.seed);
}

export function rootOf(noise: DrawNoise): number {
  return noise[0]!.seed;
}

/** Whether the seed alone names the noise. */
export function isOneSeed(noise: DrawNoise): boolean {
  return noise.length === 1;
}

export function isSameNoise(a: DrawNoise, b: DrawNoise): boolean {
  return (
    a.length === b.length && a.every(({ seed, weight }, i) => seed === b[i]!.seed && weight === b[i]!.weight)
  );
}

/**
 * A noise turned towards another that is independent of it, by a share of a right angle in [0,1]: 0 leaves it as it is, 1 takes
 * the other ("variation strength"). The cosine of the angle is the correlation of the two.
 */
export function turnNoise(noise: DrawNoise, towards: DrawNoise, strength: number): DrawNoise {
  if (strength === 0) return noise;
  const angle = (strength * Math.PI) / 2;
  const weights = new Map(noise.map(({ seed, weight }) => [seed, Math.cos(angle) * weight]));
  for (const { seed, weight } of towards) {
    weights.set(seed, (weights.get(seed) ?? 0) + Math.sin(angle) * weight);
  }
  return [...weights].map(([seed, weight]) => ({ seed, weight }));
}
