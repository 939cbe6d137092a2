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
  // Running sums down the columns of: x, y, x², y², xy.
  const columns = Array.from({ length: 5 }, () => new Float64Array(width));
  const addRow = (row: number, sign: 1 | -1) => {
    for (let u = 0; u < width; u++) {
      const at = 3 * (row * width + u) + channel;
      const x = a.data[at]! / 255;
      const y = b.data[at]! / 255;
      columns[0]![u]! += sign * x;
      columns[1]![u]! += sign * y;
      columns[2]![u]! += sign * x * x;
      columns[3]![u]! += sign * y * y;
      columns[4]![u]! += sign * x * y;
    }
  };
  for (let row = 0; row < window - 1; row++) addRow(row, 1);
  let total = 0;
  const sums = new Float64Array(5);
  for (let row = window - 1; row < height; row++) {
    addRow(row, 1);
    columns.forEach((column, k) => {
      sums[k] = 0;
      for (let u = 0; u < window - 1; u++) sums[k]! += column[u]!;
    });
    for (let u = window - 1; u < width; u++) {
      for (let k = 0; k < 5; k++) sums[k]! += columns[k]![u]!;
      const meanX = sums[0]! / count;
      const meanY = sums[1]! / count;
      const varX = unbiased * (sums[2]! / count - meanX * meanX);
      const varY = unbiased * (sums[3]! / count - meanY * meanY);
      const covariance = unbiased * (sums[4]! / count - meanX * meanY);
      total +=
        ((2 * meanX * meanY + c1) * (2 * covariance + c2)) /
        ((meanX * meanX + meanY * meanY + c1) * (varX + varY + c2));
      for (let k = 0; k < 5; k++) sums[k]! -= columns[k]![u - window + 1]!;
    }
    addRow(row - window + 1, -1);
  }
  return total;
}
