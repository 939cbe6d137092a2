import { effectiveSize } from "../statistics/proportion-bounds";

/** People's decisions beside the probabilities that a model gave them, all of equal length. */
export interface Predictions {
  readonly probabilities: ArrayLike<number>;
  /** 1 for approved, 0 for rejected. */
  readonly accepted: ArrayLike<number>;
  /** How many samples each stands for. */
  readonly weights: ArrayLike<number>;
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly samples: number;
  readonly weight: number;
  /** Kish's effective number of samples: what an interval may count on. */
  readonly size: number;
  /** Weighted means of the bin; null where it is empty. */
  readonly predicted: number | null;
  readonly observed: number | null;
}

/** Bins of equal width over [0,1]: what was predicted, and how often people approved. */
export function reliabilityBins(predictions: Predictions, bins = 10): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({
    samples: 0,
    weight: 0,
    squares: 0,
    predicted: 0,
    observed: 0,
  }));
  const { probabilities, accepted, weights } = predictions;
  for (let i = 0; i < probabilities.length; i++) {
    const bin = sums[Math.min(bins - 1, Math.floor(probabilities[i]! * bins))]!;
    bin.samples++;
    bin.weight += weights[i]!;
    bin.squares += weights[i]! ** 2;
    bin.predicted += weights[i]! * probabilities[i]!;
    bin.observed += weights[i]! * accepted[i]!;
  }
  return sums.map(({ samples, weight, squares, predicted, observed }, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    samples,
    weight,
    size: effectiveSize(weight, squares),
    predicted: weight > 0 ? predicted / weight : null,
    observed: weight > 0 ? observed / weight : null,
  }));
}

/** Expected calibration error: |predicted − observed| averaged over the bins by weight (Naeini et al. 2015). */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { weight }) => sum + weight, 0);
  return bins.reduce(
    (sum, { weight, predicted, observed }) =>
      sum + (weight / total) * Math.abs((predicted ?? 0) - (observed ?? 0)),
    0,
  );
}

/** Mean squared difference of probability and outcome (Brier 1950). */
export function brierScore(predictions: Predictions): number {
  return weightedMean(predictions, (p, y) => (p - y) ** 2);
}

export function logLoss(predictions: Predictions): number {
  return weightedMean(predictions, (p, y) => -Math.log(Math.max(1e-15, y ? p : 1 - p)));
}

/** The chance that an approved sample has a higher probability than a rejected one; ties count half. */
export function areaUnderCurve({ probabilities, accepted, weights }: Predictions): number | null {
  const order = Array.from({ length: probabilities.length }, (_, i) => i).sort(
    (a, b) => probabilities[a]! - probabilities[b]!,
  );
  let [below, won, positives] = [0, 0, 0];
  for (let i = 0; i < order.length; ) {
    let [good, bad] = [0, 0];
    const p = probabilities[order[i]!]!;
    for (; i < order.length && probabilities[order[i]!] === p; i++) {
      const index = order[i]!;
      if (accepted[index]) good += weights[index]!;
      else bad += weights[index]!;
    }
    won += good * (below + bad / 2);
    below += bad;
    positives += good;
  }
  return positives > 0 && below > 0 ? won / (positives * below) : null;
}

function weightedMean(
  { probabilities, accepted, weights }: Predictions,
  of: (p: number, y: number) => number,
) {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < probabilities.length; i++) {
    sum += weights[i]! * of(probabilities[i]!, accepted[i]!);
    weight += weights[i]!;
  }
  return weight > 0 ? sum / weight : Number.NaN;
}
