type Vector = readonly number[];

/**
 * Vendi score (Friedman and Dieng 2023): the exponential of the entropy of the eigenvalues of K/n, with K the cosine
 * similarities of n unit vectors. It counts how many unlike things there are: 1 for n copies, n for n orthogonal ones.
 */
export function vendiScore(vectors: readonly Vector[]): number {
  const n = vectors.length;
  if (n === 0) return Number.NaN;
  const kernel = vectors.map((a) => vectors.map((b) => dot(a, b) / n));
  const entropy = eigenvalues(kernel).reduce(
    (sum, value) => (value > 1e-12 ? sum - value * Math.log(value) : sum),
    0,
  );
  return Math.exp(entropy);
}

/**
 * Coverage (Naeem et al. 2020): share of the real pictures that have a generated one within the distance of their k-th
 * nearest real neighbour.
 */
export function coverage(real: readonly Vector[], made: readonly Vector[], k: number): number {
  const covered = real.filter((picture, i) => {
    const distances = real
      .flatMap((other, j) => (i === j ? [] : [1 - dot(picture, other)]))
      .sort((a, b) => a - b);
    const radius = distances[Math.min(k, distances.length) - 1] ?? 0;
    return made.some((other) => 1 - dot(picture, other) <= radius);
  });
  return covered.length / real.length;
}

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Eigenvalues of a symmetric matrix by cyclic Jacobi rotations. */
export function eigenvalues(symmetric: readonly (readonly number[])[]): number[] {
  const a = symmetric.map((row) => Float64Array.from(row));
  const n = a.length;
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p]![q]! ** 2;
    if (off < 1e-20) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p]![q]!;
        if (Math.abs(apq) < 1e-15) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let i = 0; i < n; i++) {
          const [ip, iq] = [a[i]![p]!, a[i]![q]!];
          a[i]![p] = c * ip - s * iq;
          a[i]![q] = s * ip + c * iq;
        }
        for (let i = 0; i < n; i++) {
          const [pi, qi] = [a[p]![i]!, a[q]![i]!];
          a[p]![i] = c * pi - s * qi;
          a[q]![i] = s * pi + c * qi;
        }
      }
    }
  }
  return a.map((row, i) => row[i]!);
}
