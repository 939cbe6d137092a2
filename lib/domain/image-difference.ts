/** Mean squared difference of two equally long lists of 8-bit values. */
export function meanSquaredError(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length)
    throw new RangeError(`The images differ in size: ${a.length} and ${b.length} values.`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum / a.length;
}

/** Peak signal-to-noise ratio in dB for 8-bit values: 10 log10(255² / MSE); Infinity for equal images. */
export function psnrOf(mse: number): number {
  return mse === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(255 ** 2 / mse);
}
