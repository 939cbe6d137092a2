const gap = 0;
const match = 1;
const mismatch = -1;

/**
 * Needleman–Wunsch global alignment of two token sequences (gap 0, match +1, mismatch −1), as prompt-to-prompt
 * uses it. On equal scores a gap in the source is preferred, then a gap in the target.
 * @returns for each target position the aligned source position, or −1
 */
export function alignTokens(source: readonly number[], target: readonly number[]): number[] {
  const width = target.length + 1;
  const scores = new Float64Array((source.length + 1) * width);
  const moves = new Uint8Array(scores.length);
  for (let i = 0; i <= source.length; i++) {
    for (let j = 0; j <= target.length; j++) {
      if (i === 0 || j === 0) {
        scores[i * width + j] = gap * (i + j);
        moves[i * width + j] = i === 0 ? fromLeft : fromAbove;
        continue;
      }
      const left = scores[i * width + j - 1]! + gap;
      const above = scores[(i - 1) * width + j]! + gap;
      const both = scores[(i - 1) * width + j - 1]! + (source[i - 1] === target[j - 1] ? match : mismatch);
      const best = Math.max(left, above, both);
      scores[i * width + j] = best;
      moves[i * width + j] = best === left ? fromLeft : best === above ? fromAbove : fromBoth;
    }
  }

  const aligned = new Array<number>(target.length).fill(-1);
  let i = source.length;
  let j = target.length;
  while (i > 0 || j > 0) {
    const move = moves[i * width + j];
    if (move === fromBoth) aligned[--j] = --i;
    else if (move === fromLeft) j--;
    else i--;
  }
  return aligned;
}

const fromLeft = 1;
const fromAbove = 2;
const fromBoth = 3;
