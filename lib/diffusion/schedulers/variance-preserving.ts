import type { SchedulerConfig } from "@/lib/packs/manifest";

/** √ᾱ·clean + √(1−ᾱ)·noise. */
export function noisyAt(alpha: number, clean: Float32Array, noise: Float32Array): Float32Array {
  const signal = Math.sqrt(alpha);
  const spread = Math.sqrt(1 - alpha);
  return clean.map((value, e) => signal * value + spread * noise[e]!);
}

/** The clean latents and the noise that the model's output stands for, at ᾱ; clean ones cut to [−1,1] if asked. */
export function estimates(config: SchedulerConfig, alpha: number) {
  const signal = Math.sqrt(alpha);
  const spread = Math.sqrt(1 - alpha);
  const clip = (value: number) => (config.clipSample ? Math.min(1, Math.max(-1, value)) : value);
  return {
    clean(value: number, output: number): number {
      if (config.predictionType === "sample") return clip(output);
      if (config.predictionType === "v_prediction") return clip(signal * value - spread * output);
      return clip((value - spread * output) / signal);
    },
    noise(value: number, output: number): number {
      if (config.predictionType === "epsilon") return output;
      if (config.predictionType === "v_prediction") return signal * output + spread * value;
      return (value - signal * output) / spread;
    },
  };
}
