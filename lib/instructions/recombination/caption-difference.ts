import type { Token } from "../grammar/tokens";

/** One contiguous change: source tokens `[start, sourceEnd)` became target tokens `[start, targetEnd)`. */
export type CaptionDifference = {
  readonly start: number;
  readonly sourceEnd: number;
  readonly targetEnd: number;
};

const key = (token: Token): string => (token.lower === "an" ? "a" : token.lower);

/** The single change between two captions, after the words they share at both ends. */
export function findDifference(source: readonly Token[], target: readonly Token[]): CaptionDifference {
  const shorter = Math.min(source.length, target.length);
  let tail = 0;
  while (tail < shorter && key(source.at(-1 - tail)!) === key(target.at(-1 - tail)!)) tail++;
  // A whole caption kept at the end means words before it.
  if (tail === source.length) return { start: 0, sourceEnd: 0, targetEnd: target.length - tail };
  let start = 0;
  while (start < shorter && key(source[start]!) === key(target[start]!)) start++;
  tail = Math.min(tail, shorter - start);
  return { start, sourceEnd: source.length - tail, targetEnd: target.length - tail };
}
