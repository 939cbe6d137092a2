import type { MaskImage, PixelBox } from "../image";
import { isHardMask } from "./combine-masks";
import { labelComponents } from "./label-components";
import { contentBox } from "./mask-region";

export interface MaskFacts {
  /** Pixels above 127. */
  readonly pixels: number;
  /** Share of the image that may change, in [0,1]; soft pixels count by their level. */
  readonly share: number;
  /** 8-connected pieces of the pixels above 127. */
  readonly pieces: number;
  /** 4-connected pieces of the rest that do not reach the image's edge. */
  readonly holes: number;
  /** Around every pixel that is not 0; null for an empty mask. */
  readonly box: PixelBox | null;
  /** Only 0 and 255. */
  readonly hard: boolean;
}

export function maskFacts(mask: MaskImage): MaskFacts {
  const light = labelComponents(mask, true, 8);
  const dark = labelComponents(mask, false, 4);
  let sum = 0;
  for (let i = 0; i < mask.data.length; i++) sum += mask.data[i]!;
  return {
    pixels: light.areas.reduce((total, area) => total + area, 0),
    share: sum / (255 * mask.data.length),
    pieces: light.count,
    holes: dark.atBorder.reduce((total, reaches) => total + (reaches ? 0 : 1), 0),
    box: contentBox(mask),
    hard: isHardMask(mask),
  };
}

/**
 * Overlap of two masks of one size, in [0,1]: the sum of the smaller levels over the sum of the larger, which for hard
 * masks is intersection over union. Two empty masks overlap fully.
 */
export function maskIou(a: MaskImage, b: MaskImage): number {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`Masks of ${a.width}×${a.height} and ${b.width}×${b.height} cannot be compared.`);
  }
  let [smaller, larger] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    const [p, q] = [a.data[i]!, b.data[i]!];
    if (p < q) {
      smaller += p;
      larger += q;
    } else {
      smaller += q;
      larger += p;
    }
  }
  return larger === 0 ? 1 : smaller / larger;
}
