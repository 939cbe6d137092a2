import type { MaskImage } from "../image";
import { applyOperation, type MaskOperation, type OperationInputs } from "./mask-operation";
import { enlargeMask, scaleOperation, shrinkImageOfMask, thinOutImage } from "./scale-mask";

/** Up to so many pixels an operation is quick enough to need no preview. */
const quickPixels = 1024 * 1024;

/** By how much to shrink a mask for a preview of an operation that comes at once; 1 where none is needed. */
export function previewFactor({ width, height }: MaskImage, operation: MaskOperation): number {
  const instant = operation.kind === "invert" || operation.kind === "combine" || operation.kind === "harden";
  return instant || width * height <= quickPixels ? 1 : Math.ceil(Math.sqrt((width * height) / quickPixels));
}

/** About what an operation gives, computed on a mask `factor` times smaller and blown up to full size again. */
export function coarseResult(
  mask: MaskImage,
  operation: MaskOperation,
  factor: number,
  { other, image }: OperationInputs,
): MaskImage {
  const inputs = {
    ...(other && { other: shrinkImageOfMask(other, factor) }),
    ...(image && { image: thinOutImage(image, factor) }),
  };
  const small = applyOperation(shrinkImageOfMask(mask, factor), scaleOperation(operation, factor), inputs);
  return enlargeMask(small, factor, mask.width, mask.height);
}
