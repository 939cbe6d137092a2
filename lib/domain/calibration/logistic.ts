import { solvePositive } from "../statistics/positive-definite";

/** Rows of features, one Float64Array of equal length each. */
export type Rows = readonly Float64Array[];

export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
}

/** The probability 1 / (1 + e^−z) without overflow. */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

export function probability({ intercept, coefficients }: LogisticFit, row: Float64Array): number {
  let z = intercept;
  for (let i = 0; i < coefficients.length; i++) z += coefficients[i]! * row[i]!;
  return sigmoid(z);
}

/**
 * Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares, McCullagh &
 * Nelder 1989 §4.4) with step halving. Minimises Σ weight·(log loss) + λ/2 · ‖coefficients‖²; the intercept is not
 * penalised. λ is scikit-learn's 1/C.
 * @param accepted 1 or 0 for each row
 * @param lambda above 0, so that the minimum is unique even where the classes are separable
 */
export function fitLogistic(
  rows: Rows,
  accepted: ArrayLike<number>,
  weights: ArrayLike<number>,
  lambda: number,
  start?: LogisticFit,
): LogisticFit {
  const size = rows[0]?.length ?? 0;
  let at = new Float64Array(size + 1);
  if (start) at.set([start.intercept, ...start.coefficients]);
  let loss = penalisedLoss(rows, accepted, weights, lambda, at);
  for (let step = 0; step < 100; step++) {
    const { gradient, hessian } = derivatives(rows, accepted, weights, lambda, at);
    const direction = solvePositive(hessian, gradient);
    let scale = 1;
    let next = moved(at, direction, scale);
    let nextLoss = penalisedLoss(rows, accepted, weights, lambda, next);
    while (nextLoss > loss && scale > 1e-8) {
      scale /= 2;
      next = moved(at, direction, scale);
      nextLoss = penalisedLoss(rows, accepted, weights, lambda, next);
    }
    if (!(nextLoss <= loss)) break;
    const gain = loss - nextLoss;
    at = next;
    loss = nextLoss;
    if (gain <= 1e-13 * (1 + Math.abs(loss))) break;
  }
  return { intercept: at[0]!, coefficients: at.slice(1) };
}

function moved(at: Float64Array, direction: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(at, (value, i) => value - scale * direction[i]!);
}

function linear(at: Float64Array, row: Float64Array): number {
  let z = at[0]!;
  for (let i = 0; i < row.length; i++) z += at[i + 1]! * row[i]!;
  return z;
}

function penalisedLoss(
  rows: Rows,
  accepted: ArrayLike<number>,
  weights: ArrayLike<number>,
  lambda: number,
  at: Float64Array,
): number {
  let loss = 0;
  for (let n = 0; n < rows.length; n++) {
    const z = linear(at, rows[n]!);
    // log(1 + e^z) − y·z, with the exponential kept small.
    loss += weights[n]! * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - accepted[n]! * z);
  }
  for (let i = 1; i < at.length; i++) loss += (lambda / 2) * at[i]! ** 2;
  return loss;
}

function derivatives(
  rows: Rows,
  accepted: ArrayLike<number>,
  weights: ArrayLike<number>,
  lambda: number,
  at: Float64Array,
): { gradient: Float64Array; hessian: Float64Array[] } {
  const size = at.length;
  const gradient = new Float64Array(size);
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  for (let n = 0; n < rows.length; n++) {
    const row = rows[n]!;
    const p = sigmoid(linear(at, row));
    const residual = weights[n]! * (p - accepted[n]!);
    const curvature = weights[n]! * p * (1 - p);
    for (let i = 0; i < size; i++) {
      const xi = i === 0 ? 1 : row[i - 1]!;
      gradient[i]! += residual * xi;
      const line = hessian[i]!;
      for (let j = 0; j <= i; j++) line[j]! += curvature * xi * (j === 0 ? 1 : row[j - 1]!);
    }
  }
  for (let i = 0; i < size; i++) {
    if (i > 0) {
      gradient[i]! += lambda * at[i]!;
      hessian[i]![i]! += lambda;
    }
    // Where every probability is 0 or 1 the intercept has no curvature left.
    else hessian[0]![0]! += 1e-12;
    for (let j = 0; j < i; j++) hessian[j]![i] = hessian[i]![j]!;
  }
  return { gradient, hessian };
}
