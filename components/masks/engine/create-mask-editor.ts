import { createAnimation } from "./animation";
import { defaultBrush, defaultWand, limitBrush, limitWand, resizedBrush } from "./brush-limits";
import { createEditorMasks } from "./editor-masks";
import { createEditorPointer } from "./editor-pointer";
import { sceneOf } from "./editor-scene";
import { type EditorState, noPick } from "./editor-state";
import { createEmitter } from "./emitter";
import { followInput } from "./input";
import { joinPatch } from "./join-patch";
import { createMaskDocument, type MaskDocument } from "./mask-document";
import type {
  BrushSettings,
  EditorDocument,
  EditorEvents,
  HistoryState,
  MaskEditor,
  MaskEditorOptions,
} from "./mask-editor";
import type { PreparedImage } from "./prepared-image";
import { createShownMasks, requireSize } from "./shown-masks";
import { createStage } from "./stage";
import { createToolDesk } from "./tool-desk";
import { createToolHost } from "./tool-host";
import { createViewState } from "./view-state";

const defaultHistoryBytes = 256 * 1024 * 1024;

/** Makes a mask editor in a container, which it fills. See `MaskEditor` for what it does. */
export function createMaskEditor(container: HTMLDivElement, options: MaskEditorOptions): MaskEditor {
  const events = createEmitter<EditorEvents>();
  const { emit } = events;
  const state: EditorState = {
    brush: limitBrush({ ...defaultBrush, ...options.brush }),
    wand: limitWand({ ...defaultWand, ...options.wand }),
    combine: options.combine ?? "union",
    altDown: false,
    ...opened(options),
  };
  let stopTiles = () => {};

  const view = createViewState(
    {
      image: () => state.image,
      stage: () => stage.size(),
      hasAfter: () => state.after !== null,
      changed() {
        const { blink, outline, display } = view.settings;
        const outlined = display === "outline" || display === "both";
        animation.set({ blink, march: outline === "marching" && outlined });
        stage.invalidate("image", "mask", "tools");
        emit("view", { settings: view.settings, position: view.position });
      },
    },
    options.view,
  );
  const still = options.reducedMotion ?? matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = createAnimation(still, () => stage.invalidate("mask"));
  const stage = createStage(
    container,
    () => sceneOf(state, view, desk, animation),
    () => view.resized(),
  );
  stage.setLabel(options.label);
  const { methods, change, dropProposal } = createEditorMasks({
    ...{ state, emit },
    invalidate: stage.invalidate,
    invalidateMask: stage.invalidateMask,
  });
  const host = createToolHost(state, {
    scale: () => view.viewport.scale,
    redraw: () => stage.invalidate("tools"),
    emit,
    join: (patch, mode, label) => change(label, (edit) => joinPatch(edit, state.document, patch, mode)),
  });
  const desk = createToolDesk(host, options.tool ?? "brush", () => {
    pointer.showCursor();
    stage.invalidate("tools");
    emit("tool", { tool: desk.chosen, held: desk.lent });
  });
  const pointer = createEditorPointer({
    ...{ state, view, stage, desk, emit },
    resize: (factor) => setBrush({ size: resizedBrush(state.brush.size, factor) }),
  });
  const stopInput = followInput(stage.element, pointer.input);

  function setBrush(changes: Partial<BrushSettings>): void {
    state.brush = limitBrush({ ...state.brush, ...changes });
    stage.invalidate("tools");
    emit("brush", state.brush);
  }

  /** What belongs to a document; everything else outlives it. */
  function opened(next: EditorDocument) {
    const { image, mask, after = null } = next;
    if (mask) requireSize(mask, image);
    if (after) requireAlike(after, image);
    const document: MaskDocument = createMaskDocument({
      width: image.width,
      height: image.height,
      data: mask?.data,
      historyBytes: options.historyBytes ?? defaultHistoryBytes,
      onPaint(boxes) {
        masks.changed(boxes);
        if (!masks.preview) stage.invalidateMask(boxes);
        if (view.showsMinimap()) stage.invalidate("tools");
      },
      onChange(done) {
        emit("commit", done);
        emit("history", historyState());
      },
    });
    const masks = createShownMasks(document, !mask);
    return {
      image,
      after,
      document,
      masks,
      shownLayer: null,
      pick: noPick,
      pointer: null,
      byKeyboard: false,
      pressedPane: null,
    };
  }

  function present(): void {
    desk.reset();
    followTiles();
    view.fit();
    emit("history", historyState());
    emit("proposal", { present: false });
  }

  function followTiles(): void {
    stopTiles();
    const stops = [state.image, state.after].map((each) => each?.onTile(() => stage.invalidate("image")));
    stopTiles = () => {
      for (const stop of stops) stop?.();
    };
  }

  function historyState(): HistoryState {
    const { undoLabel, redoLabel, undoSteps, redoSteps, bytes } = state.document.history;
    return { undo: undoLabel, redo: redoLabel, undoSteps, redoSteps, bytes };
  }

  present();
  return {
    ...methods,
    open(next) {
      Object.assign(state, opened(next));
      present();
    },
    get size() {
      return { width: state.image.width, height: state.image.height };
    },
    setTool: (name) => desk.choose(name),
    get tool() {
      return desk.chosen;
    },
    hold: (name) => desk.lend(name),
    setBrush,
    get brush() {
      return state.brush;
    },
    setWand(changes) {
      state.wand = limitWand({ ...state.wand, ...changes });
    },
    get wand() {
      return state.wand;
    },
    setCombine(mode) {
      state.combine = mode;
    },
    get combine() {
      return state.combine;
    },
    finishShape: () => desk.finish(),
    cancel() {
      if (desk.cancel()) return true;
      if (!state.masks.preview) return dropProposal();
      methods.preview(null);
      return true;
    },
    undo: () => desk.stepBack() || state.document.undo(),
    redo: () => state.document.redo(),
    get history() {
      return historyState();
    },
    peekMask: () => state.document,
    get revision() {
      return state.document.revision;
    },
    get hasProposal() {
      return state.masks.proposal !== null;
    },
    get pick() {
      return state.pick;
    },
    get shownLayer() {
      return state.shownLayer;
    },
    setView: (settings) => view.set(settings),
    get view() {
      return view.settings;
    },
    setAfter(next) {
      if (next) requireAlike(next, state.image);
      state.after = next;
      followTiles();
      view.resized();
    },
    get position() {
      return view.position;
    },
    setPosition: (position) => view.setPosition(position),
    zoomBy: (factor) => view.zoomBy(factor),
    panBy: (dx, dy) => view.panBy(dx, dy),
    fit: () => view.fit(),
    actualSize: () => view.actualSize(),
    moveCursor: (dx, dy) => pointer.moveBy(dx, dy),
    pressCursor: (down) => pointer.press(down),
    toClient(point) {
      const { left, top } = stage.element.getBoundingClientRect();
      const at = view.toStage(point, state.pressedPane ?? view.panes[0]!);
      return { x: left + at.x, y: top + at.y };
    },
    on: events.on,
    destroy() {
      stopInput();
      stopTiles();
      animation.stop();
      events.clear();
      stage.destroy();
    },
  };
}

function requireAlike(after: PreparedImage, before: PreparedImage): void {
  if (after.width === before.width && after.height === before.height) return;
  throw new RangeError(
    `The result has ${after.width} × ${after.height} pixels; the image has ${before.width} × ${before.height}.`,
  );
}
