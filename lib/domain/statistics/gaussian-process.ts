import { choleskyOf, solveLower, solveUpper } from "./positive-definite";

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
  const lower = choleskyOf(
    points.map((a, i) => points.slice(0, i + 1).map((b, j) => covariance(a, b) + (i === j ? noise : 0))),
  );
  const weights = solveUpper(lower, solveLower(lower, values));
  return {
    weights,
    believe(point) {
      const shared = Float64Array.from(points, (other) => covariance(point, other));
      const mean = shared.reduce((sum, value, i) => sum + value * weights[i]!, 0);
      const explained = solveLower(lower, shared).reduce((sum, value) => sum + value * value, 0);
      return { mean, sd: Math.sqrt(Math.max(0, covariance(point, point) - explained)) };
    },
  };
}
