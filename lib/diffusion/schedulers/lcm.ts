import { UserError } from "@/lib/domain/errors";
import type { SchedulerConfig } from "@/lib/packs/manifest";
import type { Schedule } from "./schedule";
import { estimates, noisyAt } from "./variance-preserving";

/** Steps of the teacher's schedule that consistency models are distilled on, and the boundary constants. */
const originalSteps = 50;
const sigmaData = 0.5;
const timestepScaling = 10;

/** Multistep latent consistency sampling (Luo et al. 2023, algorithm 3). */
export function lcmSchedule(
  config: SchedulerConfig,
  alphas: Float64Array,
  steps: number,
  skipped: number,
): Schedule {
  if (steps > originalSteps) {
    throw new UserError(
      "bad-input",
      `steps must be at most ${originalSteps} with an LCM scheduler.`,
      "steps",
    );
  }
  const stride = Math.floor(config.numTrainTimesteps / originalSteps);
  const timesteps = Array.from({ length: steps }, (_, i) => {
    return (originalSteps - Math.floor((i * originalSteps) / steps)) * stride - 1;
  }).slice(skipped);
  const alphaAt = (i: number) => alphas[timesteps[i]!]!;
  return {
    timesteps,
    addNoise: (clean, noise, i) => noisyAt(alphaAt(i), clean, noise),
    fromNoise: (noise) => noise.slice(),
    modelInput: (latents) => latents,
    needsNoise: (i) => i + 1 < timesteps.length,
    step(latents, output, i, noise) {
      const scaled = timesteps[i]! * timestepScaling;
      const skip = sigmaData ** 2 / (scaled ** 2 + sigmaData ** 2);
      const out = scaled / Math.hypot(scaled, sigmaData);
      const { clean } = estimates(config, alphaAt(i));
      const denoised = latents.map((value, e) => out * clean(value, output[e]!) + skip * value);
      return i + 1 < timesteps.length ? noisyAt(alphaAt(i + 1), denoised, noise!) : denoised;
    },
  };
}
