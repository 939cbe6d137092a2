import type { Action } from "@/components/actions/action";
import type { ViewSettings } from "../engine/mask-editor";
import type { DeskScope, DrawScope } from "./desk-scope";

/** What each editor showed before its mask was hidden. */
const hiddenFrom = new WeakMap<object, ViewSettings["display"]>();
const displays = ["both", "overlay", "outline", "matte"] as const;
const panes = ["before", "after", "both"] as const;
const group = "View";

/** Zoom, overlay and the linked before/after view. */
export function viewActions(scope: DeskScope): Action[] {
  const { desk, skipping } = scope;
  const { editor } = desk;
  const hasAfter = desk.shown().sitting.after !== null;
  return [
    ...lookActions(scope).map((action) =>
      // The digit chooses a reason while one is asked for.
      action.id === "actual" ? { ...action, mode: true, enabled: !skipping } : action,
    ),
    {
      id: "panes",
      label: "Before, after, both",
      keys: ["c"],
      group,
      enabled: hasAfter,
      run: () => {
        editor.setView({ panes: panes[(panes.indexOf(editor.view.panes) + 1) % panes.length]! });
        desk.store.refresh();
      },
    },
    { id: "panels", label: "Panels", keys: ["\\"], group, run: scope.togglePanels },
  ];
}

/** Zoom and overlay of one picture. */
export function lookActions({ desk: { editor, store } }: DrawScope): Action[] {
  const set = (view: Partial<ViewSettings>) => {
    editor.setView(view);
    store.refresh();
  };
  return [
    { id: "fit", label: "Fit", keys: ["0", "Ctrl+0"], group, run: () => editor.fit() },
    {
      id: "actual",
      label: "100 %",
      keys: ["1", "Ctrl+1"],
      group,
      run: () => editor.actualSize(),
    },
    {
      id: "closer",
      label: "Zoom in",
      keys: ["+", "="],
      group,
      repeats: true,
      run: () => editor.zoomBy(1.25),
    },
    { id: "further", label: "Zoom out", keys: ["-"], group, repeats: true, run: () => editor.zoomBy(0.8) },
    {
      id: "hide",
      label: "Hide the mask (hold)",
      keys: ["q"],
      group,
      run: () => {
        if (editor.view.display !== "hidden") hiddenFrom.set(editor, editor.view.display);
        set({ display: "hidden" });
      },
      release: () => set({ display: hiddenFrom.get(editor) ?? "both" }),
    },
    {
      id: "display",
      label: "Overlay, outline, matte",
      keys: ["i"],
      group,
      run: () =>
        set({ display: displays[(displays.indexOf(editor.view.display as "both") + 1) % displays.length]! }),
    },
    { id: "blink", label: "Blink", keys: ["t"], group, run: () => set({ blink: !editor.view.blink }) },
    {
      id: "levels",
      label: "Soft or hard view",
      keys: ["m"],
      group,
      run: () => set({ levels: editor.view.levels === "soft" ? "hard" : "soft" }),
    },
  ];
}
