import type { MaskImage, PixelBox } from "../image";

/** White inside the boxes: every pixel that a box touches. */
export function boxMask(width: number, height: number, boxes: readonly PixelBox[]): MaskImage {
  const data = new Uint8Array(width * height);
  for (const box of boxes) {
    const [left, right] = [Math.max(0, Math.floor(box.x)), Math.min(width, Math.ceil(box.x + box.width))];
    const [top, bottom] = [Math.max(0, Math.floor(box.y)), Math.min(height, Math.ceil(box.y + box.height))];
    for (let y = top; y < bottom; y++) if (right > left) data.fill(255, y * width + left, y * width + right);
  }
  return { width, height, data };
}

/** All white: everything may change. */
export function fullMask(width: number, height: number): MaskImage {
  return { width, height, data: new Uint8Array(width * height).fill(255) };
}

/** The lighter of the masks at every pixel; they have one size and there is at least one. */
export function unionMasks(masks: readonly MaskImage[]): MaskImage {
  const [first] = masks;
  if (!first) throw new Error("unionMasks needs a mask");
  const data = new Uint8Array(first.data.length);
  for (const mask of masks) for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i]!, mask.data[i]!);
  return { width: first.width, height: first.height, data };
}

/** Share of the image that a mask lets change, in [0,1]; soft pixels count by their value. */
export function maskArea({ data }: MaskImage): number {
  return data.reduce((sum, level) => sum + level, 0) / (255 * data.length);
}
