import type { MaskImage, RgbImage } from "@/lib/domain/image";

/** Largest shift looked for along each axis, in pixels. */
const reach = 8;
/** Below this many pixels to compare, a shift means nothing. */
const leastPixels = 64;

interface Plane {
  readonly width: number;
  readonly height: number;
  /** Luma, Rec. 601, in levels. */
  readonly luma: Float32Array;
  /** 1 where the pixel may be compared; absent where all may. */
  readonly free: Uint8Array | undefined;
}

/**
 * Length in pixels of the whole-pixel shift (up to 8 each way) of `b` against `a` at which they differ least, by the
 * mean absolute difference of luma outside the mask; 0 is in register. Found at half size first, then refined, so a
 * shift shows that is in the picture at both sizes.
 * @returns undefined where too little lies outside the mask, or nothing has any structure
 */
export function misalignment(a: RgbImage, b: RgbImage, mask?: MaskImage): number | undefined {
  const [first, second] = [planeOf(a, mask), planeOf(b, mask)];
  if (Math.min(a.width, a.height) < 4 * reach) return undefined;
  const coarse = best(halved(first), halved(second), { x: 0, y: 0 }, reach / 2);
  const fine = coarse && best(first, second, { x: 2 * coarse.x, y: 2 * coarse.y }, 1);
  const still = fine && best(first, second, { x: 0, y: 0 }, 0);
  if (!fine || !still) return undefined;
  // A flat picture agrees with itself at every shift; a shift must be better than none to count.
  return fine.cost < still.cost ? Math.hypot(fine.x, fine.y) : 0;
}

function planeOf({ width, height, data }: RgbImage, mask: MaskImage | undefined): Plane {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  }
  return { width, height, luma, free: mask && Uint8Array.from(mask.data, (level) => (level === 0 ? 1 : 0)) };
}

/** Means of 2×2 pixels; free where all four are. */
function halved(plane: Plane): Plane {
  const width = plane.width >> 1;
  const height = plane.height >> 1;
  const sums = (values: Float32Array | Uint8Array) =>
    Float32Array.from({ length: width * height }, (_, i) => {
      const at = 2 * Math.floor(i / width) * plane.width + 2 * (i % width);
      return values[at]! + values[at + 1]! + values[at + plane.width]! + values[at + plane.width + 1]!;
    });
  return {
    width,
    height,
    luma: sums(plane.luma).map((sum) => sum / 4),
    free: plane.free && Uint8Array.from(sums(plane.free), (sum) => (sum === 4 ? 1 : 0)),
  };
}

/** The shift with the least cost within `radius` of `around`; of equal ones the shortest. */
function best(a: Plane, b: Plane, around: { x: number; y: number }, radius: number) {
  let found: { x: number; y: number; cost: number } | undefined;
  for (let y = around.y - radius; y <= around.y + radius; y++) {
    for (let x = around.x - radius; x <= around.x + radius; x++) {
      if (Math.abs(x) > reach || Math.abs(y) > reach) continue;
      const cost = costOf(a, b, x, y, found?.cost);
      if (cost === undefined) continue;
      const shorter = found && cost === found.cost && Math.hypot(x, y) < Math.hypot(found.x, found.y);
      if (!found || cost < found.cost || shorter) found = { x, y, cost };
    }
  }
  return found;
}

/**
 * Mean absolute difference of `a` and `b` moved back by (x, y), over the pixels that are free in both; undefined where
 * those are too few, or as soon as it is sure to be above `most`.
 */
function costOf(
  a: Plane,
  b: Plane,
  x: number,
  y: number,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  let sum = 0;
  let count = 0;
  const [first, second] = [a.luma, b.luma];
  const [left, right] = [Math.max(0, -x), Math.min(a.width, a.width - x)];
  const ahead = y * a.width + x;
  const mostSum = most * (a.width - Math.abs(x)) * (a.height - Math.abs(y)) * (1 + 1e-9);
  for (let row = Math.max(0, -y); row < Math.min(a.height, a.height - y); row++) {
    const end = row * a.width + right;
    for (let at = row * a.width + left; at < end; at++) {
      if (a.free && b.free && (a.free[at] === 0 || b.free[at + ahead] === 0)) continue;
      sum += Math.abs(first[at]! - second[at + ahead]!);
      count++;
    }
    if (sum > mostSum) return undefined;
  }
  return count >= leastPixels / 4 ? sum / count : undefined;
}
