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

/** Values from one row of a band to the next: an odd number of cache lines, lest a column's all fall into one set. */
function bandStride(width: number): number {
  return (Math.ceil(width / 32) | 1) * 32;
}

interface LineBlur {
  /** Values needed on each side of a line. */
  readonly margin: number;
  /** Blurs `length` values that stand at `margin` in `line`; writes them times `scale`, rounded, from `at` on. */
  run(
    line: Float64Array,
    spare: readonly [Float64Array, Float64Array],
    length: number,
    out: Uint16Array,
    at: number,
    scale: number,
  ): void;
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
  const stride = bandStride(width);
  const rows = new Uint16Array(band * stride);
  for (let top = 0; top < height; top += band) {
    const count = Math.min(band, height - top);
    for (let r = 0; r < count; r++) blurRow((top + r) * width, rows, r * stride);
    for (let x = 0; x < width; x++) {
      const to = x * height + top;
      for (let r = 0; r < count; r++) out[to + r] = rows[r * stride + x]!;
    }
  }
}

/** Blurs one row at a time, and of it only what lies near a change: between, a mask is even. */
function rowBlur(source: Uint8Array | Uint16Array, width: number, blur: LineBlur, scale: number) {
  const { margin } = blur;
  const line = new Float64Array(width + 2 * margin);
  const spare = [new Float64Array(width + 2 * margin), new Float64Array(width + 2 * margin)] as const;
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
      blur.run(line, spare, length, out, to + start - from, scale);
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
  // Each pass uses up `reach` values on both sides: its output i stands for its input i + reach.
  const reach = r + 1;
  const span = 2 * reach;
  const sumWithin = (values: Float64Array) => {
    let sum = 0;
    for (let i = 1; i < span; i++) sum += values[i]!;
    return sum;
  };
  return {
    margin: passes * reach,
    run(line, [once, twice], length, out, at, scale) {
      // The passes go over the line together, each `span` behind the one before: one adds while another waits.
      let sum = sumWithin(line);
      let leaving = line[0]!;
      for (let i = 0; i < span; i++) {
        const entering = line[i + span]!;
        once[i] = inner * sum + outer * (leaving + entering);
        leaving = line[i + 1]!;
        sum += entering - leaving;
      }
      let sum1 = sumWithin(once);
      let leaving1 = once[0]!;
      for (let i = 0; i < span; i++) {
        const entering = line[i + 2 * span]!;
        const value = inner * sum + outer * (leaving + entering);
        once[i + span] = value;
        leaving = line[i + span + 1]!;
        sum += entering - leaving;
        twice[i] = inner * sum1 + outer * (leaving1 + value);
        leaving1 = once[i + 1]!;
        sum1 += value - leaving1;
      }
      let sum2 = sumWithin(twice);
      let leaving2 = twice[0]!;
      for (let i = 0; i < length; i++) {
        const entering = line[i + 3 * span]!;
        const value = inner * sum + outer * (leaving + entering);
        once[i + 2 * span] = value;
        leaving = line[i + 2 * span + 1]!;
        sum += entering - leaving;
        const value1 = inner * sum1 + outer * (leaving1 + value);
        twice[i + span] = value1;
        leaving1 = once[i + span + 1]!;
        sum1 += value - leaving1;
        out[at + i] = (inner * sum2 + outer * (leaving2 + value1)) * scale + 0.5;
        leaving2 = twice[i + 1]!;
        sum2 += value1 - leaving2;
      }
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
    run(line, _, length, out, at, scale) {
      for (let i = 0; i < length; i++) {
        const centre = i + margin;
        let sum = kernel[0]! * line[centre]!;
        for (let k = 1; k <= margin; k++) sum += kernel[k]! * (line[centre - k]! + line[centre + k]!);
        out[at + i] = sum * scale + 0.5;
      }
    },
  };
}
