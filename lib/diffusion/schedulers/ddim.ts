import type { SchedulerConfig } from "@/lib/packs/manifest";
import type { Schedule } from "./schedule";
import { spacedTimesteps } from "./timesteps";
import { estimates, noisyAt } from "./variance-preserving";

/** DDIM without added noise (Song et al. 2021, η = 0). */
export function ddimSchedule(
  config: SchedulerConfig,
  alphas: Float64Array,
  steps: number,
  skipped: number,
): Schedule {
  const timesteps = spacedTimesteps(config, steps, true).slice(skipped);
  const stride = Math.floor(config.numTrainTimesteps / steps);
  const afterLast = config.setAlphaToOne ? 1 : alphas[0]!;
  const alphaAt = (i: number) => alphas[timesteps[i]!]!;
  return {
    timesteps,
    addNoise: (clean, noise, i) => noisyAt(alphaAt(i), clean, noise),
    fromNoise: (noise) => noise.slice(),
    modelInput: (latents) => latents,
    needsNoise: () => false,
    step(latents, output, i) {
      const previous = timesteps[i]! - stride;
      const alpha = previous >= 0 ? alphas[previous]! : afterLast;
      const { clean, noise } = estimates(config, alphaAt(i));
      return latents.map(
        (value, e) =>
          Math.sqrt(alpha) * clean(value, output[e]!) + Math.sqrt(1 - alpha) * noise(value, output[e]!),
      );
    },
  };
}
