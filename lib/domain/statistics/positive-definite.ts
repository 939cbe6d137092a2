/** The lower triangle L of Cholesky's decomposition A = L Lᵀ of a symmetric positive definite A, of which only the lower is read. */
export function choleskyOf(matrix: readonly ArrayLike<number>[]): Float64Array[] {
  const lower = matrix.map((line, i) => Float64Array.from({ length: i + 1 }, (_, j) => line[j]!));
  for (let i = 0; i < lower.length; i++) {
    const line = lower[i]!;
    for (let j = 0; j <= i; j++) {
      const other = lower[j]!;
      let sum = line[j]!;
      for (let k = 0; k < j; k++) sum -= line[k]! * other[k]!;
      line[j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / other[j]!;
    }
  }
  return lower;
}

/** Solves L x = b for a lower triangle. */
export function solveLower(lower: readonly Float64Array[], right: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < x.length; i++) {
    const line = lower[i]!;
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= line[k]! * x[k]!;
    x[i] = sum / line[i]!;
  }
  return x;
}

/** Solves Lᵀ x = b for a lower triangle. */
export function solveUpper(lower: readonly Float64Array[], right: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(right);
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}

/** Solves A x = b for a symmetric positive definite A, by Cholesky's decomposition. */
export function solvePositive(matrix: readonly ArrayLike<number>[], right: ArrayLike<number>): Float64Array {
  const lower = choleskyOf(matrix);
  return solveUpper(lower, solveLower(lower, right));
}
