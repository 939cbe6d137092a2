import type { MaskImage, PixelBox } from "@/lib/domain/image";
import type { Patch } from "./stroke-journal";

/** Cuts a rectangle out of a mask; `box` lies in the mask. */
export function cutPatch(mask: MaskImage, box: PixelBox): Patch {
  const { x, y, width, height } = box;
  const data = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * mask.width + x;
    data.set(mask.data.subarray(from, from + width), row * width);
  }
  return { x, y, width, height, data };
}

/** The mask with the patches laid on it in their order. */
export function layPatches(mask: MaskImage, patches: readonly Patch[]): MaskImage {
  const data = mask.data.slice();
  for (const patch of patches) {
    for (let row = 0; row < patch.height; row++) {
      const line = patch.data.subarray(row * patch.width, (row + 1) * patch.width);
      data.set(line, (patch.y + row) * mask.width + patch.x);
    }
  }
  return { width: mask.width, height: mask.height, data };
}

export function sameMask(a: MaskImage, b: MaskImage): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  return a.data.every((level, index) => level === b.data[index]);
}
