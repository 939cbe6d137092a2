import type { MaskImage, PixelBox } from "@/lib/domain/image";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import { changedBox, contentBox, type MaskPatch } from "@/lib/domain/masks/mask-region";
import { joinBoxes } from "./boxes";
import type { DocumentEdit } from "./mask-document";

/**
 * Joins part of a mask with the document, in place; outside of the patch the other mask is 0. Levels join as in
 * `combineMasks`, but only where something can change.
 */
export function joinPatch(
  edit: DocumentEdit,
  document: MaskImage,
  patch: MaskPatch,
  mode: CombineMode,
): void {
  const { width } = document;
  const emptiesRest = mode === "replace" || mode === "intersect";
  // Outside of the patch, these two leave nothing: everything there is, may change.
  const reach = emptiesRest ? joinBoxes(contentBox(document), patch.box)! : patch.box;
  edit.paint(reach, (data, inside) => {
    for (let y = inside.y; y < inside.y + inside.height; y++) {
      const row = y * width;
      const part = rowOf(patch.box, y, inside);
      if (emptiesRest) {
        data.fill(0, row + inside.x, row + (part?.from ?? inside.x));
        data.fill(0, row + (part?.to ?? inside.x), row + inside.x + inside.width);
      }
      if (part) {
        const from = (y - patch.box.y) * patch.box.width - patch.box.x;
        joinRow(data, row, patch.data, from, part.from, part.to, mode);
      }
    }
  });
}

/** Joins a mask of the document's size. */
export function joinMask(edit: DocumentEdit, document: MaskImage, mask: MaskImage, mode: CombineMode): void {
  const { width } = document;
  const box =
    mode === "replace"
      ? changedBox(document, mask)
      : mode === "intersect"
        ? contentBox(document)
        : contentBox(mask);
  if (!box) return;
  edit.paint(box, (data, inside) => {
    for (let y = inside.y; y < inside.y + inside.height; y++) {
      const row = y * width;
      joinRow(data, row, mask.data, row, inside.x, inside.x + inside.width, mode);
    }
  });
}

function rowOf(box: PixelBox, y: number, inside: PixelBox): { from: number; to: number } | null {
  if (y < box.y || y >= box.y + box.height) return null;
  const from = Math.max(inside.x, box.x);
  const to = Math.min(inside.x + inside.width, box.x + box.width);
  return from < to ? { from, to } : null;
}

/** Columns `left` to `right` of a row: `a[aRow + x]` takes up `b[bRow + x]`. */
function joinRow(
  a: Uint8Array,
  aRow: number,
  b: Uint8Array,
  bRow: number,
  left: number,
  right: number,
  mode: CombineMode,
): void {
  if (mode === "replace") {
    a.set(b.subarray(bRow + left, bRow + right), aRow + left);
    return;
  }
  const combine = combiners[mode];
  for (let x = left; x < right; x++) a[aRow + x] = combine(a[aRow + x]!, b[bRow + x]!);
}

const combiners: Record<Exclude<CombineMode, "replace">, (a: number, b: number) => number> = {
  union: (a, b) => Math.max(a, b),
  intersect: (a, b) => Math.min(a, b),
  subtract: (a, b) => Math.min(a, 255 - b),
  exclude: (a, b) => (a > b ? a - b : b - a),
};
