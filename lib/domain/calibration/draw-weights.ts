/** How a decided sample came before people, as its assignment recorded it. */
export interface Draw {
  readonly audit: boolean;
  /** The chance with which an audit drew it; null for the queue. */
  readonly probability: number | null;
  /** The cell of its uncertainty, its scores' distance to the nearest threshold. */
  readonly cell: number;
}

/** Edges of the cells of uncertainty; most samples lie near a threshold. One more cell is for unknown values. */
export const cellEdges = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4] as const;
export const cellCount = cellEdges.length + 2;

export interface DrawWeights {
  /** Samples that each decided one stands for. */
  readonly weights: Float32Array;
  /** Share of the samples in cells that people have looked into: about the others the weights say nothing. */
  readonly covered: number;
}

/**
 * Inverse-probability weights. An audited sample stands for 1/probability samples of those that a policy decided.
 * The queue hands samples out in an order that people choose, uncertain ones first for instance; such an order
 * depends on the scores only through the uncertainty, so within a cell of equal uncertainty each sample had the same
 * chance to be looked at, and stands for (samples of the cell) / (decided samples of the cell) (post-stratification,
 * Cochran 1977 §5A.9).
 * @param population samples of each cell that no policy has decided
 */
export function drawWeights(draws: readonly Draw[], population: readonly number[]): DrawWeights {
  const decided = new Array<number>(cellCount).fill(0);
  for (const draw of draws) if (!draw.audit) decided[draw.cell]!++;
  const all = population.reduce((sum, size) => sum + size, 0);
  const seen = population.reduce((sum, size, cell) => sum + (decided[cell]! > 0 ? size : 0), 0);
  return {
    weights: Float32Array.from(draws, ({ audit, probability, cell }) => {
      if (audit) return probability && probability > 0 ? 1 / probability : 1;
      return Math.max(1, (population[cell] ?? 0) / decided[cell]!);
    }),
    covered: all > 0 ? seen / all : 1,
  };
}
