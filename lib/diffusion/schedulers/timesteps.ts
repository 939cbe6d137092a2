import type { SchedulerConfig } from "@/lib/packs/manifest";

/**
 * Timesteps of all scheduler steps, falling (Lin et al. 2024, table 2).
 * @param whole round to whole numbers; sigma schedulers keep the fractions of `linspace`
 */
export function spacedTimesteps(config: SchedulerConfig, steps: number, whole: boolean): number[] {
  const { numTrainTimesteps: count, timestepSpacing, stepsOffset } = config;
  if (timestepSpacing === "leading") {
    const ratio = Math.floor(count / steps);
    return Array.from({ length: steps }, (_, i) => (steps - 1 - i) * ratio + stepsOffset);
  }
  if (timestepSpacing === "trailing") {
    const ratio = count / steps;
    return Array.from({ length: steps }, (_, i) => roundHalfEven(count - i * ratio) - 1);
  }
  return Array.from({ length: steps }, (_, i) => {
    const timestep = steps === 1 ? 0 : ((count - 1) * (steps - 1 - i)) / (steps - 1);
    return whole ? roundHalfEven(timestep) : timestep;
  });
}

/** As NumPy rounds. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
