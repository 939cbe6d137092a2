/** Density of the standard normal distribution at `z`. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Share of the standard normal distribution below `z`; absolute error under 1.5e-7 (Abramowitz and Stegun 7.1.26). */
export function normalCumulative(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return z >= 0 ? 1 - tail / 2 : tail / 2;
}

/**
 * E[max(X − best, 0)] for X ~ N(mean, sd²): what one more draw is expected to add to the best so far (Mockus 1978,
 * "expected improvement").
 */
export function expectedImprovement(mean: number, sd: number, best: number): number {
  if (sd <= 0) return Math.max(0, mean - best);
  const z = (mean - best) / sd;
  return Math.max(0, sd * (normalDensity(z) + z * normalCumulative(z)));
}
