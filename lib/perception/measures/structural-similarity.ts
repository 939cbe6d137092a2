import type { RgbImage } from "@/lib/domain/image";

const window = 7;
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/**
 * Mean structural similarity (Wang et al. 2004) as scikit-image computes it by default: pixels in [0,1], uniform
 * 7×7 windows that lie fully inside, sample covariance, mean over windows and channels. In [−1,1]; 1 is equal.
 * @returns undefined if the images are smaller than a window
 */
export function structuralSimilarity(a: RgbImage, b: RgbImage): number | undefined {
  const { width, height } = a;
  if (width < window || height < window) return undefined;
  let total = 0;
  for (let channel = 0; channel < 3; channel++) total += channelSimilarity(a, b, channel);
  return total / (3 * (width - window + 1) * (height - window + 1));
}

/** Sum of the similarity over all windows of one channel. */
function channelSimilarity(a: RgbImage, b: RgbImage, channel: number): number {
  const { width, height } = a;
  const count = window * window;
  const unbiased = count / (count - 1);
  // Sums over the window's rows, per column, of x, y, x² + y² and xy.
  const [xs, ys, squares, products] = [0, 1, 2, 3].map(() => new Float64Array(width)) as Columns;
  const addRow = (row: number, sign: 1 | -1) => {
    for (let u = 0, at = 3 * row * width + channel; u < width; u++, at += 3) {
      const x = a.data[at]! / 255;
      const y = b.data[at]! / 255;
      xs[u]! += sign * x;
      ys[u]! += sign * y;
      squares[u]! += sign * (x * x + y * y);
      products[u]! += sign * x * y;
    }
  };
  for (let row = 0; row < window - 1; row++) addRow(row, 1);
  let total = 0;
  for (let row = window - 1; row < height; row++) {
    addRow(row, 1);
    let [x, y, square, product] = [0, 0, 0, 0];
    for (let u = 0; u < width; u++) {
      x += xs[u]!;
      y += ys[u]!;
      square += squares[u]!;
      product += products[u]!;
      const gone = u - window;
      if (gone >= 0) {
        x -= xs[gone]!;
        y -= ys[gone]!;
        square -= squares[gone]!;
        product -= products[gone]!;
      }
      if (gone < -1) continue;
      const meanX = x / count;
      const meanY = y / count;
      const means = meanX * meanX + meanY * meanY;
      const variances = unbiased * (square / count - means);
      const covariance = unbiased * (product / count - meanX * meanY);
      total += ((2 * meanX * meanY + c1) * (2 * covariance + c2)) / ((means + c1) * (variances + c2));
    }
    addRow(row - window + 1, -1);
  }
  return total;
}

type Columns = [Float64Array, Float64Array, Float64Array, Float64Array];
