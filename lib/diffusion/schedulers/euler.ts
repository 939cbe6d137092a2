import type { SchedulerConfig } from "@/lib/packs/manifest";
import type { Schedule } from "./schedule";
import { spacedTimesteps } from "./timesteps";

/**
 * Euler and Euler-ancestral sampling in sigma space (Karras et al. 2022, algorithm 2; ancestral as in
 * k-diffusion): latents are clean + σ·noise.
 */
export function eulerSchedule(
  config: SchedulerConfig,
  alphas: Float64Array,
  steps: number,
  skipped: number,
): Schedule {
  const all = spacedTimesteps(config, steps, false);
  const levels = all.map((timestep) => sigmaAt(alphas, timestep));
  const largest = Math.max(...levels);
  const timesteps = all.slice(skipped);
  const sigmas = [...levels.slice(skipped), 0];
  const ancestral = config.kind === "euler-ancestral";
  const startScale = config.timestepSpacing === "leading" ? Math.hypot(largest, 1) : largest;

  return {
    timesteps,
    addNoise: (clean, noise, i) => clean.map((value, e) => value + sigmas[i]! * noise[e]!),
    fromNoise: (noise) => noise.map((value) => value * startScale),
    modelInput(latents, i) {
      const scale = Math.hypot(sigmas[i]!, 1);
      return latents.map((value) => value / scale);
    },
    needsNoise: (i) => ancestral && sigmas[i + 1]! > 0,
    step(latents, output, i, noise) {
      const sigma = sigmas[i]!;
      const next = sigmas[i + 1]!;
      const up = ancestral ? Math.sqrt((next ** 2 * (sigma ** 2 - next ** 2)) / sigma ** 2) : 0;
      const down = Math.sqrt(next ** 2 - up ** 2);
      const clean = cleanEstimate(config.predictionType, sigma);
      return latents.map((value, e) => {
        const slope = (value - clean(value, output[e]!)) / sigma;
        return value + slope * (down - sigma) + (up > 0 ? up * noise![e]! : 0);
      });
    },
  };
}

/** The clean latents that the model's output stands for. */
function cleanEstimate(prediction: SchedulerConfig["predictionType"], sigma: number) {
  if (prediction === "sample") return (_: number, output: number) => output;
  if (prediction === "epsilon") return (value: number, output: number) => value - sigma * output;
  const scale = sigma ** 2 + 1;
  return (value: number, output: number) => (-sigma / Math.sqrt(scale)) * output + value / scale;
}

function sigmaAt(alphas: Float64Array, timestep: number): number {
  const sigma = (t: number) => Math.sqrt((1 - alphas[t]!) / alphas[t]!);
  const low = Math.min(Math.floor(timestep), alphas.length - 1);
  const high = Math.min(low + 1, alphas.length - 1);
  return sigma(low) + (sigma(high) - sigma(low)) * (timestep - low);
}
