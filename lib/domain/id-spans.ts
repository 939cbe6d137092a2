/** Powers of two, in milliseconds, of the spans that the text index knows: a minute to two years. As `id_spans` in SQL. */
export const spanPowers = [16, 20, 24, 28, 32, 36] as const;

/** The span of 2^power ms that a moment (ms since 1970) lies in: its first moment, and its name in the index. */
export function spanAt(moment: number, power: number): { from: number; key: bigint } {
  const number = Math.floor(moment / 2 ** power);
  return { from: number * 2 ** power, key: BigInt(number) * 64n + BigInt(power) };
}

/** The next larger span, where there is one. */
export function widerPower(power: number): number {
  return spanPowers[Math.min(spanPowers.length - 1, spanPowers.indexOf(power as 16) + 1)]!;
}

/** The next smaller span, where there is one. */
export function narrowerPower(power: number): number {
  return spanPowers[Math.max(0, spanPowers.indexOf(power as 16) - 1)]!;
}
