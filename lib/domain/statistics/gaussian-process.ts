/** What is believed of a value: normal with this mean and standard deviation. */
export interface Belief {
  readonly mean: number;
  readonly sd: number;
}

export interface GaussianProcess<Point> {
  believe(point: Point): Belief;
  /** The mean at any point is the sum of its covariances with the known points by these weights. */
  readonly weights: ArrayLike<number>;
}

/**
 * Regression by a Gaussian process of mean 0 (Rasmussen and Williams 2006, algorithm 2.1).
 * @param covariance of the process at two points, without the noise of the values
 * @param noise variance of the values about the process, above 0
 */
export function gaussianProcess<Point>(
  points: readonly Point[],
  values: readonly number[],
  covariance: (a: Point, b: Point) => number,
  noise: number,
): GaussianProcess<Point> {
  const lower = points.map((a, i) => {
    const line = new Float64Array(i + 1);
    for (let j = 0; j <= i; j++) line[j] = covariance(a, points[j]!) + (i === j ? noise : 0);
    return line;
  });
  for (let i = 0; i < lower.length; i++) {
    const line = lower[i]!;
    for (let j = 0; j <= i; j++) {
      const other = lower[j]!;
      let sum = line[j]!;
      for (let k = 0; k < j; k++) sum -= line[k]! * other[k]!;
      line[j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / other[j]!;
    }
  }
  const forward = (right: Float64Array) => {
    for (let i = 0; i < right.length; i++) {
      const line = lower[i]!;
      let sum = right[i]!;
      for (let k = 0; k < i; k++) sum -= line[k]! * right[k]!;
      right[i] = sum / line[i]!;
    }
    return right;
  };
  const weights = forward(Float64Array.from(values));
  for (let i = weights.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < weights.length; k++) weights[i]! -= lower[k]![i]! * weights[k]!;
    weights[i]! /= lower[i]![i]!;
  }
  return {
    weights,
    believe(point) {
      const shared = Float64Array.from(points, (other) => covariance(point, other));
      const mean = shared.reduce((sum, value, i) => sum + value * weights[i]!, 0);
      const explained = forward(shared).reduce((sum, value) => sum + value * value, 0);
      return { mean, sd: Math.sqrt(Math.max(0, covariance(point, point) - explained)) };
    },
  };
}
