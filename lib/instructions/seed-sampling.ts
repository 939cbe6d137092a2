import { editTypeIds } from "@/lib/domain/edit-types";
import type { SeedExample } from "@/lib/domain/instruction-records";
import type { Random } from "./random";

/**
 * Draws `count` seeds in turn from each edit type, so that rare types are shown as often as common ones.
 * Fewer come back where there are fewer.
 */
export function sampleSeeds(seeds: readonly SeedExample[], count: number, random: Random): SeedExample[] {
  const piles = random
    .shuffle(editTypeIds)
    .map((type) => random.shuffle(seeds.filter((seed) => seed.editType === type)));
  const drawn: SeedExample[] = [];
  for (let round = 0; drawn.length < Math.min(count, seeds.length); round++) {
    for (const pile of piles) {
      const seed = pile[round];
      if (seed !== undefined && drawn.length < count) drawn.push(seed);
    }
  }
  return random.shuffle(drawn);
}
