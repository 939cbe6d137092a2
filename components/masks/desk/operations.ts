import type { MaskOperation } from "@/lib/domain/masks/mask-operation";

/** A number that an operation is given, as a slider. Lengths in image pixels. */
export interface OperationSetting {
  label: string;
  unit: "px" | "px²" | "";
  min: number;
  max: number;
  step: number;
  initial: number;
  /** Small values are finer than large ones on the slider. */
  curved?: boolean;
}

export interface OperationChoice {
  id: string;
  label: string;
  /** What it does, for the tooltip. */
  hint: string;
  keys: readonly string[];
  setting: OperationSetting | null;
  make(value: number): MaskOperation;
}

const px = (label: string, min: number, max: number, initial: number): OperationSetting => ({
  label,
  unit: "px",
  min,
  max,
  step: min < 1 ? 0.1 : 1,
  initial,
  curved: true,
});

/** The operations on the whole mask, in the order of the panel. */
export const operationChoices: readonly OperationChoice[] = [
  {
    id: "grow",
    label: "Grow",
    hint: "Widens the mask on every side",
    keys: ["Shift+g"],
    setting: px("By", 1, 256, 8),
    make: (radius) => ({ kind: "grow", radius }),
  },
  {
    id: "shrink",
    label: "Shrink",
    hint: "Takes a margin off on every side",
    keys: ["Shift+k"],
    setting: px("By", 1, 256, 8),
    make: (radius) => ({ kind: "shrink", radius }),
  },
  {
    id: "feather",
    label: "Feather",
    hint: "Softens the edge",
    keys: ["Shift+f"],
    setting: px("Softness", 0.5, 128, 6),
    make: (sigma) => ({ kind: "feather", sigma }),
  },
  {
    id: "smooth",
    label: "Smooth",
    hint: "Rounds off a jagged edge",
    keys: ["Shift+m"],
    setting: px("Radius", 1, 64, 4),
    make: (radius) => ({ kind: "smooth", radius }),
  },
  {
    id: "remove-specks",
    label: "Remove specks",
    hint: "Drops pieces smaller than this",
    keys: ["Shift+r"],
    setting: { label: "Below", unit: "px²", min: 1, max: 10_000, step: 1, initial: 64, curved: true },
    make: (area) => ({ kind: "remove-specks", area }),
  },
  {
    id: "fill-holes",
    label: "Fill holes",
    hint: "Closes every hole inside the mask",
    keys: ["Shift+h"],
    setting: null,
    make: () => ({ kind: "fill-holes" }),
  },
  {
    id: "invert",
    label: "Invert",
    hint: "Swaps what may change and what stays",
    keys: ["Shift+v"],
    setting: null,
    make: () => ({ kind: "invert" }),
  },
  {
    id: "snap",
    label: "Snap to edges",
    hint: "Moves the edge to strong edges of the image nearby",
    keys: ["Shift+s"],
    setting: px("Reach", 1, 64, 8),
    make: (reach) => ({ kind: "snap", reach }),
  },
  {
    id: "keep-largest",
    label: "Keep largest",
    hint: "Drops all pieces but the largest",
    keys: ["Shift+l"],
    setting: null,
    make: () => ({ kind: "keep-largest" }),
  },
  {
    id: "harden",
    label: "Harden",
    hint: "Makes a soft mask hard: each pixel fully in or out",
    keys: ["Shift+d"],
    setting: { label: "Cut at", unit: "", min: 1, max: 255, step: 1, initial: 128 },
    make: (level) => ({ kind: "harden", level }),
  },
];
