import type { MaskImage } from "../image";

/** Passes of the box filter; three stay within 3 % of the true Gaussian. */
const passes = 3;
/** Rows that are blurred before they are written out transposed: one cache line of 16-bit values. */
const band = 32;
/** Below this σ a box of whole pixels is too coarse, and the true kernel is short. */
const smallSigma = 1.5;

/**
 * Gaussian blur of a mask's levels; beyond the image its edge goes on. Three passes of an extended box filter
 * (Gwosdek, Grewenig, Bruhn & Weickert 2011), so time does not depend on σ; the true kernel below σ = 1.5.
 * @param sigma in pixels
 */
export function blurMask({ width, height, data }: MaskImage, sigma: number): MaskImage {
  if (sigma <= 0 || data.length === 0) return { width, height, data: data.slice() };
  const blur = sigma < smallSigma ? directKernel(sigma) : extendedBox(sigma);
  // 8-bit in, 16-bit transposed between (255 · 257 = 65535), 8-bit out.
  const between = new Uint16Array(data.length);
  blurRows(data, width, height, blur, between, 257);
  const out = new Uint8Array(data.length);
  blurRows(between, height, width, blur, out, 1 / 257);
  return { width, height, data: out };
}

interface LineBlur {
  /** Values needed on each side of a line. */
  readonly margin: number;
  /** Blurs `length` values that stand at `margin` in `line`; the result begins at 0 of the array it returns. */
  run(line: Float64Array, spare: Float64Array, length: number): Float64Array;
}

/** Blurs every row and writes the result transposed, times `scale`, rounded. */
function blurRows(
  source: Uint8Array | Uint16Array,
  width: number,
  height: number,
  blur: LineBlur,
  out: Uint8Array | Uint16Array,
  scale: number,
): void {
  const blurRow = rowBlur(source, width, blur, scale);
  const rows = new Uint16Array(band * width);
  for (let top = 0; top < height; top += band) {
    const count = Math.min(band, height - top);
    for (let r = 0; r < count; r++) blurRow((top + r) * width, rows, r * width);
    for (let x = 0; x < width; x++) {
      const to = x * height + top;
      for (let r = 0; r < count; r++) out[to + r] = rows[r * width + x]!;
    }
  }
}

/** Blurs one row at a time, and of it only what lies near a change: between, a mask is even. */
function rowBlur(source: Uint8Array | Uint16Array, width: number, blur: LineBlur, scale: number) {
  const { margin } = blur;
  const line = new Float64Array(width + 2 * margin);
  const spare = new Float64Array(width + 2 * margin);
  return (from: number, out: Uint16Array, to: number): void => {
    const rowEnd = from + width;
    const nextChange = (i: number) => {
      while (i < rowEnd && source[i] === source[i - 1]) i++;
      return i;
    };
    const lastWithin = (change: number) => {
      let i = Math.min(rowEnd, change + 2 * margin) - 1;
      while (i > change && source[i] === source[i - 1]) i--;
      return i;
    };
    let done = from;
    let change = nextChange(from + 1);
    while (change < rowEnd) {
      const start = Math.max(done, change - margin);
      out.fill(Math.round(source[change - 1]! * scale), to + done - from, to + start - from);
      // The last change whose neighbourhood still meets that of the one before, looked for from afar.
      for (let i = lastWithin(change); i > change; i = lastWithin(change)) change = i;
      const end = Math.min(rowEnd, change + margin);
      const length = end - start;
      const first = Math.max(from, start - margin);
      const last = Math.min(rowEnd, end + margin);
      const shift = margin - start;
      line.fill(source[from]!, 0, first + shift);
      for (let at = first; at < last; at++) line[at + shift] = source[at]!;
      line.fill(source[rowEnd - 1]!, last + shift, length + 2 * margin);
      const result = blur.run(line, spare, length);
      const target = to + start - from;
      for (let i = 0; i < length; i++) out[target + i] = result[i]! * scale + 0.5;
      done = end;
      change = nextChange(change + 1);
    }
    out.fill(Math.round(source[rowEnd - 1]! * scale), to + done - from, to + width);
  };
}

function extendedBox(sigma: number): LineBlur {
  // Length and end weights that give each pass the variance σ²/passes (their equations 14 and 15).
  const variance = (sigma * sigma) / passes;
  const r = Math.floor(0.5 * Math.sqrt(12 * variance + 1) - 0.5);
  const weight = ((2 * r + 1) * (r * (r + 1) - 3 * variance)) / (6 * (variance - (r + 1) * (r + 1)));
  const scale = 1 / (2 * r + 1 + 2 * weight);
  const [inner, outer] = [scale, weight * scale];
  const pass = (from: Float64Array, to: Float64Array, length: number) => {
    // Output i stands for input i + r + 1: each pass uses up r + 1 values on both sides.
    let sum = 0;
    for (let i = 1; i <= 2 * r + 1; i++) sum += from[i]!;
    for (let i = 0; i < length; i++) {
      const entering = from[i + 2 * r + 2]!;
      to[i] = inner * sum + outer * (from[i]! + entering);
      sum += entering - from[i + 1]!;
    }
  };
  const reach = r + 1;
  return {
    margin: passes * reach,
    run(line, spare, length) {
      pass(line, spare, length + 4 * reach);
      pass(spare, line, length + 2 * reach);
      pass(line, spare, length);
      return spare;
    },
  };
}

function directKernel(sigma: number): LineBlur {
  const margin = Math.ceil(4 * sigma);
  const kernel = Float64Array.from({ length: margin + 1 }, (_, i) =>
    Math.exp(-(i * i) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, k, i) => sum + (i === 0 ? k : 2 * k), 0);
  for (let i = 0; i <= margin; i++) kernel[i] = kernel[i]! / total;
  return {
    margin,
    run(line, spare, length) {
      for (let i = 0; i < length; i++) {
        const centre = i + margin;
        let sum = kernel[0]! * line[centre]!;
        for (let k = 1; k <= margin; k++) sum += kernel[k]! * (line[centre - k]! + line[centre + k]!);
        spare[i] = sum;
      }
      return spare;
    },
  };
}
