import type { Action } from "@/components/actions/action";
import type { DeskScope } from "./desk-scope";

/** Showing reference layers and joining them with the mask. */
export function layerActions({ desk: { editor, store }, look, layers }: DeskScope): Action[] {
  const group = "Layers";
  const show = (by: 1 | -1) => () => {
    const stops = [null, ...layers];
    const at = stops.indexOf(editor.shownLayer);
    editor.showLayer(stops[(at + by + stops.length) % stops.length] ?? null);
    store.refresh();
  };
  const take = (mode: "union" | "subtract" | "intersect" | "replace") => () => {
    if (editor.shownLayer) editor.takeLayer(editor.shownLayer, mode);
  };
  const some = layers.length > 0;
  const shown = look.shownLayer !== null;
  return [
    { id: "layer-next", label: "Show the next layer", keys: ["Alt+]"], group, enabled: some, run: show(1) },
    {
      id: "layer-before",
      label: "Show the layer before",
      keys: ["Alt+["],
      group,
      enabled: some,
      run: show(-1),
    },
    {
      id: "layer-union",
      label: "Add the shown layer",
      keys: ["Alt+a"],
      group,
      enabled: shown,
      run: take("union"),
    },
    {
      id: "layer-subtract",
      label: "Subtract the shown layer",
      keys: ["Alt+x"],
      group,
      enabled: shown,
      run: take("subtract"),
    },
    {
      id: "layer-intersect",
      label: "Keep only where the shown layer is",
      keys: ["Alt+i"],
      group,
      enabled: shown,
      run: take("intersect"),
    },
    {
      id: "layer-replace",
      label: "Replace the mask by the shown layer",
      keys: ["Alt+r"],
      group,
      enabled: shown,
      run: take("replace"),
    },
  ];
}
