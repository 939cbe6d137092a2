/** What a draw from the queue may have depended on: the order (by uncertainty), and the filters on edit type and run. */
export interface Stratum {
  /** The cell of the uncertainty, the scores' distance to the nearest threshold. */
  readonly cell: number;
  readonly editType: string;
  readonly runId: string;
}

/** How a decided sample came before people, as its assignment recorded it. */
export interface Draw extends Stratum {
  readonly audit: boolean;
  /** The chance with which an audit drew it; null for the queue. */
  readonly probability: number | null;
}

/** How many samples of a stratum there are that no policy has decided. */
export interface Population extends Stratum {
  readonly samples: number;
}

/** Edges of the cells of uncertainty; most samples lie near a threshold. One more cell is for unknown values. */
export const cellEdges = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4] as const;
export const cellCount = cellEdges.length + 2;

export interface DrawWeights {
  /** Samples that each decided one stands for. */
  readonly weights: Float32Array;
  /** Share of the samples that people have looked near of: about the others the weights say nothing. */
  readonly covered: number;
}

const margins: readonly ((stratum: Stratum) => string)[] = [
  ({ cell }) => String(cell),
  ({ editType }) => editType,
  ({ runId }) => runId,
];
/** Rounds over all margins, at most, and the largest correction of a round that ends them sooner. */
const [mostRounds, smallEnough] = [50, 1e-4];

/**
 * Inverse-probability weights. An audited sample stands for 1/probability samples of those that a policy decided.
 * The queue hands samples out in an order that people choose, uncertain ones first for instance, under filters on edit
 * type and run that they choose too. So the chance to be looked at is taken as a product of one factor for each cell of
 * uncertainty, edit type and run, which raking finds: weights are scaled to the population's count of each cell, then of
 * each type, of each run, and again, until all three hold (Deming & Stephan 1940; calibration in the sense of Deville,
 * Särndal & Sautory 1993). With one type and one run this is post-stratification by cell (Cochran 1977, §5A.9).
 * @param population strata of what no policy has decided, each at most once
 */
export function drawWeights(draws: readonly Draw[], population: readonly Population[]): DrawWeights {
  const queued = draws.flatMap((draw, index) => (draw.audit ? [] : [index]));
  const seen = margins.map((of) => new Set(queued.map((index) => of(draws[index]!))));
  // Only where every level has decisions can the margins hold together.
  const near = population.filter((stratum) => margins.every((of, margin) => seen[margin]!.has(of(stratum))));
  const raked = rake(
    queued.map((index) => draws[index]!),
    near,
  );
  const weights = Float32Array.from(draws, ({ audit, probability }) =>
    audit && probability && probability > 0 ? 1 / probability : 1,
  );
  for (const [at, index] of queued.entries()) weights[index] = raked[at]!;
  const all = total(population);
  return { weights, covered: all > 0 ? total(near) / all : 1 };
}

function rake(draws: readonly Stratum[], population: readonly Population[]): Float64Array {
  const weights = new Float64Array(draws.length).fill(1);
  const parts = margins.map((of) => {
    const levels = new Map<string, number>();
    const wanted: number[] = [];
    for (const stratum of population) {
      const level = of(stratum);
      const at = levels.get(level) ?? wanted.push(0) - 1;
      levels.set(level, at);
      wanted[at]! += stratum.samples;
    }
    return { wanted, levelOf: draws.map((draw) => levels.get(of(draw)) ?? -1) };
  });
  for (let round = 0; round < mostRounds; round++) {
    let largest = 0;
    for (const { wanted, levelOf } of parts) {
      const sums = new Float64Array(wanted.length);
      for (const [i, level] of levelOf.entries()) if (level >= 0) sums[level]! += weights[i]!;
      for (const [i, level] of levelOf.entries()) {
        if (level < 0) continue;
        const factor = wanted[level]! / sums[level]!;
        largest = Math.max(largest, Math.abs(factor - 1));
        weights[i]! *= factor;
      }
    }
    if (largest < smallEnough) break;
  }
  return weights;
}

function total(population: readonly Population[]): number {
  return population.reduce((sum, { samples }) => sum + samples, 0);
}
