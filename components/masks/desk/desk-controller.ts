import { errorText } from "@/components/ui/problem";
import { client } from "@/lib/api/client";
import { runsToMask } from "@/lib/domain/masks/crop-runs";
import { createMaskEditor } from "../engine/create-mask-editor";
import type { MaskEditor } from "../engine/mask-editor";
import { createMaskSync, type MaskSync } from "../sync/mask-sync";
import { closeImages, type Sitting } from "../sync/open-sitting";
import { saveMask } from "../sync/save-mask";
import { loadPreferences, storePreferences } from "./desk-preferences";
import { createEditorStore, type EditorStore } from "./editor-look";
import { maskCodec, operate } from "./mask-work";
import { createOperationPreview, type OperationPreview } from "./operation-preview";
import { createSegmenter, type Segmenter } from "./segmenter";

/** The region on screen with the sync that keeps it. */
export interface Shown {
  sitting: Sitting;
  sync: MaskSync;
  /** When it came on screen, ms. */
  since: number;
}

/** Everything imperative of a mounted desk. */
export interface DeskController {
  editor: MaskEditor;
  store: EditorStore;
  segmenter: Segmenter;
  preview: OperationPreview;
  shown(): Shown;
  subscribe(listener: () => void): () => void;
  /** Puts a region on screen. The one before goes on saving what it still has to, as `leave` returned it. */
  show(sitting: Sitting): void;
  /** The region on screen as it is left: a copy that the next region does not touch. */
  leave(): Shown;
  destroy(): void;
}

export interface DeskHooks {
  problem(message: string): void;
  /** Strokes of an earlier sitting are on screen again. */
  resumed(sitting: Sitting): void;
}

/** Makes editor, segmenter, previews and sync in a container, beginning with one region. */
export function createDeskController(
  container: HTMLDivElement,
  first: Sitting,
  hooks: DeskHooks,
): DeskController {
  const preferences = loadPreferences();
  const editor = createMaskEditor(container, {
    image: first.image,
    after: first.after,
    mask: first.serverMask,
    label: labelOf(first),
    tool: "brush",
    brush: preferences.brush,
    wand: preferences.wand,
    view: { ...preferences.view, blink: false, panes: "before" },
  });
  const store = createEditorStore(editor);
  const segmenter = createSegmenter(editor, {
    encode: (imageSha) => client.interactive.encode({ imageSha }),
    click: (input) => client.interactive.click(input),
    detect: (input) => client.interactive.detect(input),
    toMask: runsToMask,
    explain: errorText,
    now: () => performance.now(),
  });
  const preview = createOperationPreview(
    editor,
    (mask, operation, options) =>
      operate(mask, operation, { ...options, imageSha: shown.sitting.region.image.sha256 }),
    errorText,
  );
  const listeners = new Set<() => void>();
  let shown = start(first);
  segmenter.setImage(first.region.image.sha256);

  /** Begins to keep a region that the editor shows as the server has it. */
  function start(sitting: Sitting): Shown {
    const { unsent, region, journal } = sitting;
    const sync = createMaskSync({
      region,
      // Based on the version that the kept strokes belong to: if the server has moved on, that is a conflict.
      ...(unsent && { version: unsent.version, keepWhole: true }),
      read: () => editor.peekMask(),
      journal,
      codec: maskCodec,
      save: saveMask,
      now: () => Date.now(),
    });
    return { sitting, sync, since: Date.now() };
  }

  /** Puts the strokes of an earlier sitting on screen, as a step that can be undone. */
  function resume({ sitting, sync }: Shown): void {
    const { unsent, journal } = sitting;
    if (!unsent) return;
    editor.applyMask(unsent.mask, { label: "Unsaved strokes from before", mode: "replace" });
    const wait = sync.subscribe(() => {
      if (sync.state().keptRevision === 0) return;
      wait();
      void journal?.forget(unsent.session).catch(() => {});
    });
    hooks.resumed(sitting);
  }

  const stops = [
    editor.on("commit", ({ revision, dirty }) => {
      shown.sync.stroke(revision, dirty);
    }),
    editor.on("tool", ({ tool }) => {
      if (tool === "points" || tool === "box") segmenter.prepare();
    }),
    editor.on("problem", ({ message }) => hooks.problem(message)),
    editor.on("view", () => remember()),
    editor.on("brush", () => remember()),
  ];
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
    }, 400);
  }
  resume(shown);

  // The network and the tab are external: each is a moment to try again at.
  const tryNow = () => {
    if (document.visibilityState === "visible" || navigator.onLine) shown.sync.tryNow();
  };
  window.addEventListener("online", tryNow);
  window.addEventListener("focus", tryNow);
  document.addEventListener("visibilitychange", tryNow);
  const onUnload = (event: BeforeUnloadEvent) => {
    const { revision, keptRevision, savedRevision } = shown.sync.state();
    if (revision > keptRevision && revision > savedRevision) event.preventDefault();
  };
  window.addEventListener("beforeunload", onUnload);

  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  return {
    editor,
    store,
    segmenter,
    preview,
    shown: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(sitting) {
      preview.drop();
      const before = shown.sitting;
      shown = start(sitting);
      editor.open({ image: sitting.image, mask: sitting.serverMask, after: sitting.after });
      segmenter.setImage(sitting.region.image.sha256);
      if (!sitting.after && editor.view.panes !== "before") editor.setView({ panes: "before" });
      // Not earlier: until now the editor may have drawn them.
      closeImages(before);
      resume(shown);
      store.refresh();
      tell();
    },
    leave() {
      preview.drop();
      segmenter.clear();
      shown.sync.detach();
      return shown;
    },
    destroy() {
      clearTimeout(remembering);
      window.removeEventListener("online", tryNow);
      window.removeEventListener("focus", tryNow);
      document.removeEventListener("visibilitychange", tryNow);
      window.removeEventListener("beforeunload", onUnload);
      for (const stop of stops) stop();
      shown.sync.close();
      segmenter.close();
      preview.close();
      store.close();
      editor.destroy();
      closeImages(shown.sitting);
    },
  };
}

function labelOf({ region }: Sitting): string {
  const { width, height } = region.image;
  return `Mask over an image of ${width} by ${height} pixels: ${region.sourceCaption}`;
}
