import { z } from "zod";
import type { MaskImage, PixelBox } from "../image";
import { fillHoles, keepLargest, removeSpecks } from "./clean-mask";
import { type CombineMode, combineMasks, invertMask, thresholdMask } from "./combine-masks";
import { featherMask, featherReach } from "./feather-mask";
import type { RgbaImage } from "./flood-fill";
import { growMask, shrinkMask } from "./grow-mask";
import { boxInImage, cropMask, type MaskPatch } from "./mask-region";
import { closeMask, openMask, smoothMask } from "./smooth-mask";
import { snapToEdges } from "./snap-to-edges";

const radius = z.number().min(0.5).max(1024);
const area = z
  .number()
  .int()
  .min(1)
  .max(2 ** 26);

/** An operation on a mask as data, for menus, previews, the worker and the history. Lengths in image pixels. */
export const maskOperationSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("grow"), radius }),
  z.object({ kind: z.literal("shrink"), radius }),
  z.object({ kind: z.literal("open"), radius }),
  z.object({ kind: z.literal("close"), radius }),
  z.object({ kind: z.literal("smooth"), radius }),
  z.object({ kind: z.literal("feather"), sigma: z.number().min(0.3).max(512) }),
  z.object({
    kind: z.literal("ramp"),
    width: z.number().min(1).max(1024),
    side: z.enum(["outside", "inside", "both"]),
  }),
  z.object({ kind: z.literal("remove-specks"), area }),
  z.object({ kind: z.literal("fill-holes"), area: area.optional() }),
  z.object({ kind: z.literal("keep-largest") }),
  z.object({ kind: z.literal("invert") }),
  z.object({ kind: z.literal("harden"), level: z.number().int().min(1).max(255).default(128) }),
  z.object({ kind: z.literal("snap"), reach: z.number().min(1).max(256) }),
  z.object({
    kind: z.literal("combine"),
    mode: z.enum(["replace", "union", "intersect", "subtract", "exclude"] satisfies CombineMode[]),
  }),
]);
export type MaskOperation = z.infer<typeof maskOperationSchema>;

/** What an operation may need besides the mask; both of the mask's size. */
export interface OperationInputs {
  /** The other mask of `combine`. */
  readonly other?: MaskImage;
  /** The picture that `snap` looks at. */
  readonly image?: RgbaImage;
}

/** The mask after an operation; the given mask stays as it is. */
export function applyOperation(
  mask: MaskImage,
  operation: MaskOperation,
  inputs: OperationInputs = {},
): MaskImage {
  switch (operation.kind) {
    case "grow":
      return growMask(mask, operation.radius);
    case "shrink":
      return shrinkMask(mask, operation.radius);
    case "open":
      return openMask(mask, operation.radius);
    case "close":
      return closeMask(mask, operation.radius);
    case "smooth":
      return smoothMask(mask, operation.radius);
    case "feather":
      return featherMask(mask, { by: "blur", sigma: operation.sigma });
    case "ramp":
      return featherMask(mask, { by: "ramp", width: operation.width, side: operation.side });
    case "remove-specks":
      return removeSpecks(mask, operation.area);
    case "fill-holes":
      return fillHoles(mask, operation.area);
    case "keep-largest":
      return keepLargest(mask);
    case "invert":
      return invertMask(mask);
    case "harden":
      return thresholdMask(mask, operation.level);
    case "snap":
      if (!inputs.image) throw new Error("Snapping to edges needs the picture.");
      return snapToEdges(mask, inputs.image, operation.reach);
    case "combine":
      if (!inputs.other) throw new Error("Combining needs another mask.");
      return combineMasks(mask, inputs.other, operation.mode);
  }
}

/** How far from a pixel an operation looks, in whole pixels; null if it looks at the whole mask. */
export function operationReach(operation: MaskOperation): number | null {
  switch (operation.kind) {
    case "grow":
    case "shrink":
      return Math.ceil(operation.radius);
    case "open":
    case "close":
      return 2 * Math.ceil(operation.radius);
    case "smooth":
      return Math.ceil(2 * operation.radius) + 4;
    case "feather":
      return featherReach({ by: "blur", sigma: operation.sigma });
    case "ramp":
      return operation.width + 1;
    case "invert":
    case "harden":
    case "combine":
      return 0;
    case "snap":
    case "remove-specks":
    case "fill-holes":
    case "keep-largest":
      return null;
  }
}

/**
 * An operation on a part of the mask: the pixels of `box` as the operation on the whole mask would leave them, found
 * from the box and its surroundings where the operation looks no farther (`operationReach`), else from the whole mask.
 */
export function applyInBox(
  mask: MaskImage,
  operation: MaskOperation,
  box: PixelBox,
  inputs: OperationInputs = {},
): MaskPatch | null {
  const target = boxInImage(box, mask);
  if (!target) return null;
  const reach = operationReach(operation);
  const around = boxInImage(target, mask, reach ?? Math.max(mask.width, mask.height))!;
  const part = around.width === mask.width && around.height === mask.height ? mask : cropMask(mask, around);
  const other = inputs.other && cropMask(inputs.other, around);
  // Operations that look at the picture look at the whole mask.
  const result = applyOperation(part, operation, { ...inputs, ...(other && { other }) });
  const inner = { ...target, x: target.x - around.x, y: target.y - around.y };
  return { box: target, data: cropMask(result, inner).data };
}
