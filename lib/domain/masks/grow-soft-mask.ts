import type { MaskImage } from "../image";

/**
 * Grey dilation by a disc, in place: a disc is a stack of rows, and the largest level in a row's window slides in
 * constant time (van Herk 1992; Gil & Werman 1993). Time grows with the radius.
 */
export function growSoft({ width, height, data }: MaskImage, radius: number): void {
  const source = data.slice();
  const rows = Math.floor(radius);
  const maxima = new Uint8Array(width);
  for (let dy = -rows; dy <= rows; dy++) {
    const half = Math.floor(Math.sqrt(radius * radius - dy * dy));
    const slide = slidingMaximum(width, half);
    for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
      slide(source, (y + dy) * width, maxima);
      const row = y * width;
      for (let x = 0; x < width; x++) if (maxima[x]! > data[row + x]!) data[row + x] = maxima[x]!;
    }
  }
}

/** Largest of the values within `half` of each of `n` places, windows cut at the ends. */
function slidingMaximum(n: number, half: number) {
  const length = 2 * half + 1;
  const padded = Math.ceil((n + 2 * half) / length) * length;
  const values = new Uint8Array(padded);
  const left = new Uint8Array(padded);
  const right = new Uint8Array(padded);
  return (source: Uint8Array, from: number, out: Uint8Array): void => {
    values.set(source.subarray(from, from + n), half);
    for (let start = 0; start < padded; start += length) {
      let running = 0;
      for (let i = start; i < start + length; i++) {
        if (values[i]! > running) running = values[i]!;
        left[i] = running;
      }
      running = 0;
      for (let i = start + length - 1; i >= start; i--) {
        if (values[i]! > running) running = values[i]!;
        right[i] = running;
      }
    }
    for (let x = 0; x < n; x++) out[x] = Math.max(right[x]!, left[x + 2 * half]!);
  };
}
