import type { Action } from "@/components/actions/action";
import { resizedBrush } from "../engine/brush-limits";
import type { DrawScope } from "./desk-scope";

/** The brush, proposals and shapes, and the pointer of those who have no mouse. */
export function drawActions({ desk, look, leave }: DrawScope): Action[] {
  const { editor, store, preview, segmenter } = desk;
  const group = "Draw";
  const size = (factor: number) => () => {
    editor.setBrush({ size: resizedBrush(editor.brush.size, factor) });
    store.refresh();
  };
  const hardness = (by: number) => () => {
    editor.setBrush({
      hardness: Math.min(1, Math.max(0, Math.round((editor.brush.hardness + by) * 10) / 10)),
    });
    store.refresh();
  };
  const move = (dx: number, dy: number) => () => {
    // Steps as long on screen at every zoom, and at least a pixel.
    const step = Math.max(1, 8 / editor.position.scale);
    editor.moveCursor(dx * step, dy * step);
  };
  const arrows = [
    ["ArrowLeft", "left", -1, 0],
    ["ArrowRight", "right", 1, 0],
    ["ArrowUp", "up", 0, -1],
    ["ArrowDown", "down", 0, 1],
  ] as const;
  return [
    { id: "smaller", label: "Smaller brush", keys: ["["], group, repeats: true, run: size(1 / 1.15) },
    { id: "larger", label: "Larger brush", keys: ["]"], group, repeats: true, run: size(1.15) },
    { id: "softer", label: "Softer brush", keys: ["{"], group, repeats: true, run: hardness(-0.1) },
    { id: "harder", label: "Harder brush", keys: ["}"], group, repeats: true, run: hardness(0.1) },
    {
      id: "swap",
      label: "Swap add and subtract",
      keys: ["x"],
      group,
      run: () => {
        if (editor.tool === "brush") editor.setTool("eraser");
        else if (editor.tool === "eraser") editor.setTool("brush");
        else editor.setCombine(editor.combine === "subtract" ? "union" : "subtract");
        store.refresh();
      },
    },
    {
      id: "accept",
      label: "Accept: proposal, preview or shape",
      keys: ["Enter"],
      group,
      fixed: true,
      run: () => {
        if (segmenter.accept("union")) return;
        if (preview.state().operation) preview.apply();
        else editor.finishShape();
      },
    },
    {
      id: "accept-off",
      label: "Subtract the proposal",
      keys: ["Shift+Enter"],
      group,
      enabled: look.hasProposal,
      run: () => segmenter.accept("subtract"),
    },
    {
      id: "cancel",
      label: "Drop what is not finished",
      keys: ["Escape"],
      group,
      fixed: true,
      mode: true,
      run: () => {
        if (!dropUnfinished(desk)) leave?.();
      },
    },
    ...arrows.map(([key, name, dx, dy]) => ({
      id: `cursor-${name}`,
      label: `Pointer ${name}`,
      keys: [key],
      group: "Without a mouse",
      repeats: true,
      run: move(dx, dy),
    })),
    ...arrows.map(([key, name, dx, dy]) => ({
      id: `cursor-far-${name}`,
      label: `Pointer far ${name}`,
      keys: [`Shift+${key}`],
      group: "Without a mouse",
      repeats: true,
      run: move(dx * 6, dy * 6),
    })),
    {
      id: "press",
      label: "Press at the pointer (hold)",
      keys: ["d"],
      group: "Without a mouse",
      run: () => editor.pressCursor(true),
      release: () => editor.pressCursor(false),
    },
  ];
}

/** Drops what is on screen and not part of the mask yet. False if there was nothing. */
function dropUnfinished({ editor, preview, segmenter }: DrawScope["desk"]): boolean {
  const { answers, found } = segmenter.state();
  if (preview.state().operation) preview.drop();
  else if (answers.length > 0 || found.length > 0) segmenter.clear();
  else return editor.cancel();
  return true;
}

/** Undo and redo, named after what they would take back. */
export function editActions({ desk: { editor }, look }: DrawScope): Action[] {
  const group = "Draw";
  const { undo, redo } = look;
  return [
    {
      id: "undo",
      label: undo ? `Undo: ${undo}` : "Undo",
      keys: ["Ctrl+z"],
      group,
      repeats: true,
      icon: "M7 4 3.5 7.5 7 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8",
      run: () => void editor.undo(),
    },
    {
      id: "redo",
      label: redo ? `Redo: ${redo}` : "Redo",
      keys: ["Ctrl+Shift+z", "Ctrl+y"],
      group,
      repeats: true,
      icon: "M13 4l3.5 3.5L13 11M16 7.5H8.5a4.5 4.5 0 0 0 0 9H12",
      run: () => void editor.redo(),
    },
  ];
}
