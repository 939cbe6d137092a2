import type { SchedulerConfig } from "@/lib/packs/manifest";

/** ᾱ_t for every training timestep: the share of signal variance left at t (Ho et al. 2020). */
export function cumulativeAlphas(config: SchedulerConfig): Float64Array {
  const betas = betasOf(config);
  const alphas = new Float64Array(betas.length);
  let product = 1;
  betas.forEach((beta, t) => {
    product *= 1 - beta;
    alphas[t] = product;
  });
  if (!config.rescaleBetasZeroSnr) return alphas;
  const rescaled = zeroTerminalSnr(alphas);
  // Sigma schedulers divide by ᾱ, so they stop just short of zero.
  if (config.kind === "euler" || config.kind === "euler-ancestral") rescaled[rescaled.length - 1] = 2 ** -24;
  return rescaled;
}

function betasOf({ betaSchedule, betaStart, betaEnd, numTrainTimesteps: count }: SchedulerConfig): number[] {
  const between = (from: number, to: number, t: number) => from + ((to - from) * t) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, t) => {
    if (betaSchedule === "linear") return between(betaStart, betaEnd, t);
    if (betaSchedule === "scaled_linear") return between(Math.sqrt(betaStart), Math.sqrt(betaEnd), t) ** 2;
    return Math.min(1 - cosineAlpha((t + 1) / count) / cosineAlpha(t / count), 0.999);
  });
}

/** Nichol and Dhariwal 2021. */
function cosineAlpha(t: number): number {
  return Math.cos((((t + 0.008) / 1.008) * Math.PI) / 2) ** 2;
}

/** Shifts and stretches √ᾱ so that the last timestep is pure noise (Lin et al. 2024, algorithm 1). */
function zeroTerminalSnr(alphas: Float64Array): Float64Array {
  const first = Math.sqrt(alphas[0]!);
  const last = Math.sqrt(alphas[alphas.length - 1]!);
  return alphas.map((alpha) => (((Math.sqrt(alpha) - last) * first) / (first - last)) ** 2);
}
