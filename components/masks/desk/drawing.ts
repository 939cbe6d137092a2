import { errorText } from "@/components/ui/problem";
import { client } from "@/lib/api/client";
import { runsToMask } from "@/lib/domain/masks/crop-runs";
import { createMaskEditor } from "../engine/create-mask-editor";
import type { EditorDocument, MaskEditor } from "../engine/mask-editor";
import { loadPreferences, storePreferences } from "./desk-preferences";
import { createEditorStore, type EditorStore } from "./editor-look";
import { operate } from "./mask-work";
import { createOperationPreview, type OperationPreview } from "./operation-preview";
import { createSegmenter, type Segmenter } from "./segmenter";

/** An editor with its helpers and the person's own settings; where the mask is kept is its owner's business. */
export interface Drawing {
  editor: MaskEditor;
  store: EditorStore;
  segmenter: Segmenter;
  preview: OperationPreview;
}

export interface DrawingOptions extends EditorDocument {
  label: string;
  /** SHA-256 of the image that is drawn on now. */
  imageSha: () => string;
  problem: (message: string) => void;
}

/** Settings are stored once they have not changed for so long. */
const rememberMs = 400;

export function createDrawing(
  container: HTMLDivElement,
  { image, after = null, mask = null, label, imageSha, problem }: DrawingOptions,
): Drawing & { destroy(): void } {
  const preferences = loadPreferences();
  const editor = createMaskEditor(container, {
    ...{ image, after, mask, label },
    tool: "brush",
    brush: preferences.brush,
    wand: preferences.wand,
    view: { ...preferences.view, blink: false, panes: "before" },
  });
  const store = createEditorStore(editor);
  const segmenter = createSegmenter(editor, {
    encode: (sha) => client.interactive.encode({ imageSha: sha }),
    click: (input) => client.interactive.click(input),
    detect: (input) => client.interactive.detect(input),
    toMask: runsToMask,
    explain: errorText,
    now: () => performance.now(),
  });
  const preview = createOperationPreview(
    editor,
    (whole, operation, options) => operate(whole, operation, { ...options, imageSha: imageSha() }),
    errorText,
  );

  let remembering: ReturnType<typeof setTimeout> | undefined;
  function remember(): void {
    clearTimeout(remembering);
    remembering = setTimeout(() => {
      const { display, color, opacity, outline, levels, minimap } = editor.view;
      const shownDisplay = display === "hidden" ? loadPreferences().view.display : display;
      storePreferences({
        brush: { ...editor.brush },
        wand: { ...editor.wand },
        view: { display: shownDisplay, color, opacity, outline, levels, minimap },
      });
    }, rememberMs);
  }
  const stops = [
    editor.on("tool", ({ tool }) => {
      if (tool === "points" || tool === "box") segmenter.prepare();
    }),
    editor.on("problem", ({ message }) => problem(message)),
    editor.on("view", remember),
    editor.on("brush", remember),
  ];
  return {
    editor,
    store,
    segmenter,
    preview,
    destroy() {
      clearTimeout(remembering);
      for (const stop of stops) stop();
      segmenter.close();
      preview.close();
      store.close();
      editor.destroy();
    },
  };
}
