import type { MaskImage } from "../image";
import type { RgbaImage } from "./flood-fill";
import type { MaskOperation } from "./mask-operation";

/** A mask `factor` times smaller (rounded up): each pixel the mean of the square it stands for. */
export function shrinkImageOfMask(mask: MaskImage, factor: number): MaskImage {
  const [width, height] = [Math.ceil(mask.width / factor), Math.ceil(mask.height / factor)];
  const data = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const bottom = Math.min(mask.height, (y + 1) * factor);
    for (let v = y * factor; v < bottom; v++) {
      for (let x = 0, i = v * mask.width; x < width; x++) {
        const end = v * mask.width + Math.min(mask.width, (x + 1) * factor);
        let sum = 0;
        for (; i < end; i++) sum += mask.data[i]!;
        sums[x] = sums[x]! + sum;
      }
    }
    const rows = bottom - y * factor;
    for (let x = 0; x < width; x++) {
      const columns = Math.min(mask.width, (x + 1) * factor) - x * factor;
      data[y * width + x] = Math.round(sums[x]! / (rows * columns));
    }
  }
  return { width, height, data };
}

/** A picture `factor` times smaller (rounded up): the pixel in the middle of each square. */
export function thinOutImage(image: RgbaImage, factor: number): RgbaImage {
  const [width, height] = [Math.ceil(image.width / factor), Math.ceil(image.height / factor)];
  const data = new Uint8Array(4 * width * height);
  const half = factor >> 1;
  for (let y = 0; y < height; y++) {
    const row = Math.min(image.height - 1, y * factor + half) * image.width;
    for (let x = 0; x < width; x++) {
      const from = 4 * (row + Math.min(image.width - 1, x * factor + half));
      for (let c = 0; c < 4; c++) data[4 * (y * width + x) + c] = image.data[from + c]!;
    }
  }
  return { width, height, data };
}

/** The operation that does on a mask `factor` times smaller about what `operation` does on the full one. */
export function scaleOperation(operation: MaskOperation, factor: number): MaskOperation {
  switch (operation.kind) {
    case "grow":
    case "shrink":
    case "open":
    case "close":
    case "smooth":
      return { ...operation, radius: operation.radius / factor };
    case "feather":
      return { ...operation, sigma: operation.sigma / factor };
    case "ramp":
      return { ...operation, width: operation.width / factor };
    case "snap":
      return { ...operation, reach: Math.max(1, operation.reach / factor) };
    case "remove-specks":
      return { ...operation, area: Math.max(1, Math.round(operation.area / factor ** 2)) };
    case "fill-holes":
      return operation.area === undefined
        ? operation
        : { ...operation, area: Math.max(1, Math.round(operation.area / factor ** 2)) };
    default:
      return operation;
  }
}

/** A mask `factor` times larger, each pixel a square, cut to the given size. */
export function enlargeMask(mask: MaskImage, factor: number, width: number, height: number): MaskImage {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += factor) {
    const from = Math.floor(y / factor) * mask.width;
    const row = y * width;
    for (let x = 0; x < width; x++) data[row + x] = mask.data[from + Math.floor(x / factor)]!;
    for (let v = y + 1; v < Math.min(height, y + factor); v++) data.copyWithin(v * width, row, row + width);
  }
  return { width, height, data };
}
