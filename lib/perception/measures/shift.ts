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
  /** 1 where the pixel may be compared. */
  readonly free: Uint8Array;
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
  const free = new Uint8Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
    free[i] = !mask || mask.data[i] === 0 ? 1 : 0;
  }
  return { width, height, luma, free };
}

/** Means of 2×2 pixels; free where all four are. */
function halved(plane: Plane): Plane {
  const width = plane.width >> 1;
  const height = plane.height >> 1;
  const luma = new Float32Array(width * height);
  const free = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 2 * y * plane.width + 2 * x;
      const four = [at, at + 1, at + plane.width, at + plane.width + 1];
      luma[y * width + x] = four.reduce((sum, i) => sum + plane.luma[i]!, 0) / 4;
      free[y * width + x] = four.every((i) => plane.free[i] === 1) ? 1 : 0;
    }
  }
  return { width, height, luma, free };
}

/** The shift with the least cost within `radius` of `around`; of equal ones the shortest. */
function best(a: Plane, b: Plane, around: { x: number; y: number }, radius: number) {
  let found: { x: number; y: number; cost: number } | undefined;
  for (let y = around.y - radius; y <= around.y + radius; y++) {
    for (let x = around.x - radius; x <= around.x + radius; x++) {
      if (Math.abs(x) > reach || Math.abs(y) > reach) continue;
      const cost = costOf(a, b, x, y);
      if (cost === undefined) continue;
      const shorter = found && cost === found.cost && Math.hypot(x, y) < Math.hypot(found.x, found.y);
      if (!found || cost < found.cost || shorter) found = { x, y, cost };
    }
  }
  return found;
}

/** Mean absolute difference of `a` and `b` moved back by (x, y), over the pixels that are free in both. */
function costOf(a: Plane, b: Plane, x: number, y: number): number | undefined {
  let sum = 0;
  let count = 0;
  const [left, right] = [Math.max(0, -x), Math.min(a.width, a.width - x)];
  for (let row = Math.max(0, -y); row < Math.min(a.height, a.height - y); row++) {
    for (let column = left; column < right; column++) {
      const at = row * a.width + column;
      const other = at + y * a.width + x;
      if (a.free[at] === 0 || b.free[other] === 0) continue;
      sum += Math.abs(a.luma[at]! - b.luma[other]!);
      count++;
    }
  }
  return count >= leastPixels / 4 ? sum / count : undefined;
}
