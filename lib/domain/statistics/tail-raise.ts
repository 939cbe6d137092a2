/** Share of the values that count as the upper tail. */
const tailShare = 1 / 4;

/** Values from which on `tailRaise` can be trusted: four are in the tail. */
export const fewestForTail = 16;

/**
 * By how much one more draw is expected to raise the mean of the k best of n independent draws, judged by the draws
 * themselves: a / (n + 1), with `a` the mean excess of the upper quarter over the value below it. A draw is among the k
 * best of n + 1 with probability k / (n + 1), whatever the distribution; and it then exceeds the k-th best by `a`, the
 * constant mean excess of an exponential tail (Rényi 1953). A tail that ends has a smaller excess near its end, and
 * draws that are alike have none.
 * @param values at least two, `fewestForTail` to be of use
 */
export function tailRaise(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => b - a);
  const size = Math.ceil(sorted.length * tailShare);
  const below = sorted[size]!;
  const excess = sorted.slice(0, size).reduce((sum, value) => sum + value - below, 0) / size;
  return excess / (sorted.length + 1);
}
