import type { MaskImage, PixelBox } from "../image";

/** Part of a mask: `data` holds the pixels of `box`, row-major. Boxes of patches have whole numbers. */
export interface MaskPatch {
  readonly box: PixelBox;
  readonly data: Uint8Array;
}

export function emptyMask(width: number, height: number): MaskImage {
  return { width, height, data: new Uint8Array(width * height) };
}

export function copyMask({ width, height, data }: MaskImage): MaskImage {
  return { width, height, data: data.slice() };
}

/** `box` rounded outwards to whole pixels, widened by `margin` and cut at the image's edge; null if nothing is left. */
export function boxInImage(
  box: PixelBox,
  size: { readonly width: number; readonly height: number },
  margin = 0,
): PixelBox | null {
  const left = Math.max(0, Math.floor(box.x) - margin);
  const top = Math.max(0, Math.floor(box.y) - margin);
  const right = Math.min(size.width, Math.ceil(box.x + box.width) + margin);
  const bottom = Math.min(size.height, Math.ceil(box.y + box.height) + margin);
  if (right <= left || bottom <= top) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The smallest box around both. */
export function unionBoxes(a: PixelBox, b: PixelBox): PixelBox {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** The pixels of a box that lies inside the image. */
export function cropMask(mask: MaskImage, box: PixelBox): MaskImage {
  const data = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.y + y) * mask.width + box.x;
    data.set(mask.data.subarray(from, from + box.width), y * box.width);
  }
  return { width: box.width, height: box.height, data };
}

/** Writes a patch that lies inside the image into `target`, in place. */
export function pastePatch(target: MaskImage, { box, data }: MaskPatch): void {
  for (let y = 0; y < box.height; y++) {
    target.data.set(data.subarray(y * box.width, (y + 1) * box.width), (box.y + y) * target.width + box.x);
  }
}

/** A copy of `mask` with the patch in it. */
export function withPatch(mask: MaskImage, patch: MaskPatch): MaskImage {
  const copy = copyMask(mask);
  pastePatch(copy, patch);
  return copy;
}

/** Whether every pixel is 0. */
export function isEmptyMask({ data }: MaskImage): boolean {
  return firstNonZero(data, 0, data.length) < 0;
}

/** The smallest box around every pixel that is not 0; null for an empty mask. */
export function contentBox({ width, height, data }: MaskImage): PixelBox | null {
  return boxWhere(
    width,
    height,
    (from, to) => firstNonZero(data, from, to),
    (from, to) => lastNonZero(data, from, to),
  );
}

/** The smallest box around every pixel in which two masks of one size differ; null if they are equal. */
export function changedBox(a: MaskImage, b: MaskImage): PixelBox | null {
  const [p, q] = [a.data, b.data];
  const first = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (p[i] !== q[i]) return i;
    return -1;
  };
  const last = (from: number, to: number) => {
    for (let i = to - 1; i >= from; i--) if (p[i] !== q[i]) return i;
    return -1;
  };
  return boxWhere(a.width, a.height, first, last);
}

function firstNonZero(data: Uint8Array, from: number, to: number): number {
  for (let i = from; i < to; i++) if (data[i] !== 0) return i;
  return -1;
}

function lastNonZero(data: Uint8Array, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) if (data[i] !== 0) return i;
  return -1;
}

/** `first` and `last` find the first and last hit in a range of pixel indices, or -1. */
function boxWhere(
  width: number,
  height: number,
  first: (from: number, to: number) => number,
  last: (from: number, to: number) => number,
): PixelBox | null {
  const start = first(0, width * height);
  if (start < 0) return null;
  const top = Math.floor(start / width);
  const bottom = Math.floor(last(start, width * height) / width);
  let [left, right] = [width, -1];
  for (let y = top; y <= bottom; y++) {
    const row = y * width;
    // Only what lies outside the box so far can widen it.
    const a = first(row, row + left);
    if (a >= 0) left = a - row;
    const b = last(row + Math.max(right + 1, left), row + width);
    if (b >= 0) right = b - row;
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
