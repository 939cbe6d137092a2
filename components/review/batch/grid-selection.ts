/** Which cells of a grid are chosen, and where the cursor stands. `anchor` is where a range begins. */
export interface GridSelection {
  cursor: number;
  anchor: number;
  chosen: ReadonlySet<number>;
}

export const emptySelection: GridSelection = { cursor: 0, anchor: 0, chosen: new Set() };

/** Moves the cursor by cells, within `count`; with `extend` everything from the anchor on is chosen. */
export function moveCursor(
  selection: GridSelection,
  by: number,
  count: number,
  extend = false,
): GridSelection {
  const cursor = selection.cursor + by;
  if (cursor < 0 || cursor >= count) return selection;
  if (!extend) return { ...selection, cursor, anchor: cursor };
  return { ...selection, cursor, chosen: rangeOf(selection.anchor, cursor) };
}

export function toggleCell(selection: GridSelection, cell: number): GridSelection {
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(cell)) chosen.add(cell);
  return { cursor: cell, anchor: cell, chosen };
}

/** Chooses everything from the anchor to the cell. */
export function extendTo(selection: GridSelection, cell: number): GridSelection {
  return { ...selection, cursor: cell, chosen: rangeOf(selection.anchor, cell) };
}

function rangeOf(a: number, b: number): Set<number> {
  const [low, high] = a < b ? [a, b] : [b, a];
  return new Set(Array.from({ length: high - low + 1 }, (_, index) => low + index));
}
