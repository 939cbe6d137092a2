import type { MaskImage } from "@/lib/domain/image";
import { createMaskSync, type MaskSync } from "../sync/mask-sync";
import { closeImages, type Sitting } from "../sync/open-sitting";
import { saveMask } from "../sync/save-mask";
import { afterPaint } from "./after-paint";
import { createDrawing, type Drawing } from "./drawing";
import { maskCodec } from "./mask-work";

/** The region on screen with the sync that keeps it. */
export interface Shown {
  sitting: Sitting;
  sync: MaskSync;
  /** When it came on screen, ms. */
  since: number;
}

/** Everything imperative of a mounted desk. */
export interface DeskController extends Drawing {
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
  const drawing = createDrawing(container, {
    image: first.image,
    after: first.after,
    mask: drawnMask(first),
    label: labelOf(first),
    imageSha: () => shown.sitting.region.image.sha256,
    problem: hooks.problem,
  });
  const { editor, store, segmenter, preview } = drawing;
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

  const stop = editor.on("commit", ({ revision, dirty }) => {
    shown.sync.stroke(revision, dirty);
  });
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
      editor.open({ image: sitting.image, mask: drawnMask(sitting), after: sitting.after });
      segmenter.setImage(sitting.region.image.sha256);
      if (!sitting.after && editor.view.panes !== "before") editor.setView({ panes: "before" });
      // Not earlier, since until now the editor may have drawn them; and not at once: it takes a while.
      afterPaint(() => closeImages(before));
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
      window.removeEventListener("online", tryNow);
      window.removeEventListener("focus", tryNow);
      document.removeEventListener("visibilitychange", tryNow);
      window.removeEventListener("beforeunload", onUnload);
      stop();
      shown.sync.close();
      drawing.destroy();
      closeImages(shown.sitting);
    },
  };
}

/** The mask to begin with; null where nobody has drawn, which is faster to show than zeros. */
function drawnMask({ region, serverMask }: Sitting): MaskImage | null {
  return region.mask && serverMask;
}

function labelOf({ region }: Sitting): string {
  const { width, height } = region.image;
  return `Mask over an image of ${width} by ${height} pixels: ${region.sourceCaption}`;
}
