export interface Plane {
  readonly mean: Float64Array;
  /** Two orthogonal unit vectors. */
  readonly axes: readonly [Float64Array, Float64Array];
}

/**
 * The plane through the mean in which vectors of equal length spread most: the first two principal components, by
 * power iteration on the covariance (Golub & Van Loan 2013 §8.2).
 */
export function principalPlane(vectors: readonly Float32Array[]): Plane {
  const size = vectors[0]?.length ?? 0;
  const mean = new Float64Array(size);
  for (const vector of vectors) for (let i = 0; i < size; i++) mean[i]! += vector[i]! / vectors.length;
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  const centred = new Float64Array(size);
  for (const vector of vectors) {
    for (let i = 0; i < size; i++) centred[i] = vector[i]! - mean[i]!;
    for (let i = 0; i < size; i++) {
      const line = covariance[i]!;
      const value = centred[i]! / vectors.length;
      for (let j = 0; j <= i; j++) line[j]! += value * centred[j]!;
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[j]![i] = covariance[i]![j]!;
  const first = leading(covariance, null);
  return { mean, axes: [first, leading(covariance, first)] };
}

/** Where a vector lies in the plane. */
export function placeOn({ mean, axes }: Plane, vector: Float32Array): [x: number, y: number] {
  return axes.map((axis) => {
    let sum = 0;
    for (let i = 0; i < axis.length; i++) sum += axis[i]! * (vector[i]! - mean[i]!);
    return sum;
  }) as [number, number];
}

/** The eigenvector of the largest eigenvalue, at right angles to `other`. Its largest component is positive. */
function leading(matrix: readonly Float64Array[], other: Float64Array | null): Float64Array {
  const size = matrix.length;
  // A fixed start without symmetry, so that the same vectors give the same map.
  let vector = normalised(
    Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1) + 1.5),
    other,
  );
  for (let round = 0; round < 200; round++) {
    const next = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const line = matrix[i]!;
      let sum = 0;
      for (let j = 0; j < size; j++) sum += line[j]! * vector[j]!;
      next[i] = sum;
    }
    const turned = normalised(next, other);
    let overlap = 0;
    for (let i = 0; i < size; i++) overlap += turned[i]! * vector[i]!;
    vector = turned;
    if (Math.abs(1 - Math.abs(overlap)) < 1e-12) break;
  }
  const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}

function normalised(vector: Float64Array, other: Float64Array | null): Float64Array {
  let along = 0;
  if (other) for (let i = 0; i < vector.length; i++) along += vector[i]! * other[i]!;
  const rest = other ? vector.map((value, i) => value - along * other[i]!) : vector;
  const length = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
  return length > 1e-300 ? rest.map((value) => value / length) : rest;
}
