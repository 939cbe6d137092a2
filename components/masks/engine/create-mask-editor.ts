import type { PixelBox } from "@/lib/domain/image";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import { createAnimation } from "./animation";
import { defaultBrush, defaultWand, limitBrush, limitWand } from "./brush-limits";
import { createEmitter } from "./emitter";
import { followInput, type Sample } from "./input";
import { joinMask, joinPatch } from "./join-patch";
import { createMaskDocument, type DocumentEdit, type MaskDocument } from "./mask-document";
import type {
  EditorDocument,
  EditorEvents,
  HistoryState,
  MaskEditor,
  MaskEditorOptions,
  Pick,
} from "./mask-editor";
import { minimapBox, minimapPoint } from "./minimap";
import { type Pane, paneAt } from "./panes";
import type { PreparedImage } from "./prepared-image";
import type { Scene } from "./scene";
import { createShownMasks, requireSize, type ShownMasks } from "./shown-masks";
import { createStage } from "./stage";
import { createToolDesk, toToolPointer } from "./tool-desk";
import type { ToolHost, ToolPointer } from "./tools/tool";
import { createViewState } from "./view-state";
import type { Point } from "./viewport";

const defaultHistoryBytes = 256 * 1024 * 1024;
const noPick: Pick = { points: [], box: null };

/** Makes a mask editor in a container, which it fills. See `MaskEditor` for what it does. */
export function createMaskEditor(container: HTMLDivElement, options: MaskEditorOptions): MaskEditor {
  const events = createEmitter<EditorEvents>();
  let brush = limitBrush({ ...defaultBrush, ...options.brush });
  let wand = limitWand({ ...defaultWand, ...options.wand });
  let combine: CombineMode = options.combine ?? "union";
  let pick = noPick;
  let image: PreparedImage = options.image;
  let after: PreparedImage | null = null;
  let document!: MaskDocument;
  let masks!: ShownMasks;
  let shownLayer: string | null = null;
  let stopTiles = () => {};
  let working = 0;
  /** Where the pointer is, or the keyboard's; image pixels. */
  let pointer: Point | null = null;
  let altDown = false;
  let pressedPane: Pane | null = null;
  let cursorKey = false;

  const view = createViewState(
    {
      image: () => image,
      stage: () => stage.size(),
      hasAfter: () => after !== null,
      changed() {
        const { blink, outline, display } = view.settings;
        const outlined = display === "outline" || display === "both";
        animation.set({ blink, march: outline === "marching" && outlined });
        stage.invalidate("image", "mask", "tools");
        events.emit("view", { settings: view.settings, position: view.position });
      },
    },
    options.view,
  );
  const still = options.reducedMotion ?? matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = createAnimation(still, () => stage.invalidate("mask"));
  const stage = createStage(container, scene, () => view.resized());
  stage.setLabel(options.label);

  const host: ToolHost = {
    get document() {
      return document;
    },
    get image() {
      return image;
    },
    get brush() {
      return brush;
    },
    get wand() {
      return wand;
    },
    get combine() {
      return combine;
    },
    get pick() {
      return pick;
    },
    scale: () => view.viewport.scale,
    redraw: () => stage.invalidate("tools"),
    emitPick(next) {
      pick = next;
      stage.invalidate("tools");
      events.emit("pick", pick);
    },
    join(patch, mode, label) {
      change(label, (edit) => joinPatch(edit, document, patch, mode));
    },
    wait(what, work, then) {
      const asked = document;
      working += 1;
      events.emit("busy", { what });
      work
        .then(
          (result) => document === asked && then(result),
          (error: Error) => events.emit("problem", { message: error.message }),
        )
        .finally(() => {
          working -= 1;
          if (working === 0) events.emit("busy", null);
        });
    },
  };
  const desk = createToolDesk(host, options.tool ?? "brush", () => {
    showCursor();
    stage.invalidate("tools");
    events.emit("tool", { tool: desk.chosen, held: desk.lent });
  });

  function open(next: EditorDocument): void {
    if (next.mask) requireSize(next.mask, next.image);
    if (next.after) requireAlike(next.after, next.image);
    stopTiles();
    image = next.image;
    after = next.after ?? null;
    pointer = pressedPane = null;
    pick = noPick;
    shownLayer = null;
    document = createMaskDocument({
      width: image.width,
      height: image.height,
      data: next.mask?.data,
      historyBytes: options.historyBytes ?? defaultHistoryBytes,
      onPaint(boxes: readonly PixelBox[]) {
        masks.changed(boxes);
        if (!masks.preview) stage.invalidateMask(boxes);
        if (view.showsMinimap()) stage.invalidate("tools");
      },
      onChange(done) {
        events.emit("commit", done);
        events.emit("history", historyState());
      },
    });
    masks = createShownMasks(document);
    desk.reset();
    followTiles();
    view.fit();
    events.emit("history", historyState());
    events.emit("proposal", { present: false });
  }

  function followTiles(): void {
    const stops = [image, after].map((each) => each?.onTile(() => stage.invalidate("image")));
    stopTiles = () => {
      for (const stop of stops) stop?.();
    };
  }

  function scene(): Scene {
    const { inHand } = desk;
    const erases = inHand.name === "eraser" || altDown;
    return {
      before: image,
      after,
      panes: view.panes,
      view: view.viewport,
      settings: view.settings,
      mask: masks.preview?.levels ?? masks.own,
      proposal: masks.proposal?.levels ?? null,
      layer: masks.layer(shownLayer)?.levels ?? null,
      dark: animation.dark,
      march: animation.march,
      gizmos: [
        ...(pick.box ? [{ kind: "box" as const, box: pick.box }] : []),
        ...pick.points.map(({ x, y, positive }) => ({
          kind: "click" as const,
          at: { x: x + 0.5, y: y + 0.5 },
          positive,
        })),
        ...desk.gizmos(),
        ...(cursorKey && pointer && inHand.cursor !== "ring"
          ? [{ kind: "handle" as const, at: pointer }]
          : []),
      ],
      ring: pointer && inHand.cursor === "ring" ? { at: pointer, radius: brush.size / 2, erases } : null,
      minimap: view.showsMinimap(),
    };
  }

  function historyState(): HistoryState {
    const { undoLabel, redoLabel, undoSteps, redoSteps, bytes } = document.history;
    return { undo: undoLabel, redo: redoLabel, undoSteps, redoSteps, bytes };
  }

  /** One step of the history, whole or not at all. */
  function change(label: string, make: (edit: DocumentEdit) => void): void {
    const edit = document.begin();
    make(edit);
    edit.commit(label);
  }

  function showCursor(): void {
    const { cursor } = desk.inHand;
    stage.element.style.cursor =
      cursor === "ring" && pointer ? "none" : cursor === "ring" ? "crosshair" : cursor;
  }

  const asPointer = (sample: Sample): ToolPointer =>
    toToolPointer(sample, view.fromStage(sample, pressedPane ?? undefined));

  function setPointer(point: Point | null): void {
    const appears = (pointer === null) !== (point === null);
    pointer = point;
    if (appears) showCursor();
    stage.invalidate("tools");
    const [x, y] = point ? [Math.floor(point.x), Math.floor(point.y)] : [-1, -1];
    const within = x >= 0 && y >= 0 && x < image.width && y < image.height;
    events.emit("hover", point && within ? { ...point, level: document.data[y * image.width + x]! } : null);
  }

  const stopInput = followInput(stage.element, {
    press(sample) {
      cursorKey = false;
      if (masks.preview) {
        events.emit("problem", { message: "Apply the preview or drop it, then draw on." });
        return;
      }
      pressedPane = paneAt(view.panes, sample);
      desk.press(asPointer(sample));
    },
    extend: (points) => desk.extend(points.map(asPointer)),
    release(sample) {
      desk.release(asPointer(sample));
      pressedPane = null;
    },
    withdraw() {
      desk.withdraw();
      pressedPane = null;
    },
    hover(sample) {
      cursorKey = false;
      setPointer(sample && view.fromStage(sample, pressedPane ?? undefined));
      if (sample && !desk.pressed) desk.hover(asPointer(sample));
    },
    panBy: (dx, dy) => view.panBy(dx, dy),
    zoomAt: (at, factor) => view.zoomBy(factor, at),
    pans: () => desk.inHand.name === "pan",
    seize(at) {
      if (!view.showsMinimap()) return null;
      const box = minimapBox(image, stage.size());
      const on = at.x >= box.x && at.y >= box.y && at.x < box.x + box.width && at.y < box.y + box.height;
      return on ? (to) => view.setPosition(minimapPoint(image, stage.size(), to)) : null;
    },
    held({ space, alt }) {
      altDown = alt;
      if (space || desk.lent === "pan") desk.lend(space ? "pan" : null);
      stage.invalidate("tools");
    },
  });

  const cursorPointer = (): ToolPointer => ({ ...pointer!, pressure: 1, shift: false, subtract: altDown });

  function dropProposal(): boolean {
    const had = masks.proposal !== null || pick !== noPick;
    if (masks.proposal) {
      masks.setProposal(null);
      stage.invalidate("mask");
      events.emit("proposal", { present: false });
    }
    if (pick !== noPick) host.emitPick(noPick);
    return had;
  }

  const editor: MaskEditor = {
    open,
    get size() {
      return { width: image.width, height: image.height };
    },
    setTool: (name) => desk.choose(name),
    get tool() {
      return desk.chosen;
    },
    hold: (name) => desk.lend(name),
    setBrush(changes) {
      brush = limitBrush({ ...brush, ...changes });
      stage.invalidate("tools");
      events.emit("brush", brush);
    },
    get brush() {
      return brush;
    },
    setWand(changes) {
      wand = limitWand({ ...wand, ...changes });
    },
    get wand() {
      return wand;
    },
    setCombine(mode) {
      combine = mode;
    },
    get combine() {
      return combine;
    },
    finishShape: () => desk.finish(),
    cancel() {
      if (desk.cancel()) return true;
      if (masks.preview) {
        editor.preview(null);
        return true;
      }
      return dropProposal();
    },
    undo: () => desk.stepBack() || document.undo(),
    redo: () => document.redo(),
    get history() {
      return historyState();
    },
    getMask: () => ({ width: document.width, height: document.height, data: document.data.slice() }),
    peekMask: () => document,
    get revision() {
      return document.revision;
    },
    applyMask(mask, { label, mode = "replace" }) {
      requireSize(mask, image);
      change(label, (edit) => joinMask(edit, document, mask, mode));
    },
    replaceMask(mask, { keepHistory = false } = {}) {
      requireSize(mask, image);
      document.replace(mask.data, keepHistory);
    },
    preview(mask) {
      masks.setPreview(mask);
      stage.invalidate("mask", "tools");
    },
    commitPreview(label) {
      const preview = masks.preview?.mask;
      if (!preview) return false;
      masks.setPreview(null);
      stage.invalidate("mask");
      change(label, (edit) => joinMask(edit, document, preview, "replace"));
      return true;
    },
    propose(mask) {
      masks.setProposal(mask);
      stage.invalidate("mask");
      events.emit("proposal", { present: mask !== null });
    },
    acceptProposal(mode, label = "Segment") {
      const proposal = masks.proposal?.mask;
      if (!proposal) return false;
      change(label, (edit) => joinMask(edit, document, proposal, mode));
      dropProposal();
      return true;
    },
    get hasProposal() {
      return masks.proposal !== null;
    },
    setPick(next) {
      pick = next.points.length === 0 && !next.box ? noPick : next;
      stage.invalidate("tools");
    },
    get pick() {
      return pick;
    },
    setLayer(name, mask) {
      masks.setLayer(name, mask);
      if (name === shownLayer) stage.invalidate("mask");
    },
    showLayer(name) {
      shownLayer = name;
      stage.invalidate("mask");
    },
    get shownLayer() {
      return shownLayer;
    },
    takeLayer(name, mode) {
      const layer = masks.layer(name)?.mask;
      if (!layer) return false;
      change(`Take ${name}`, (edit) => joinMask(edit, document, layer, mode));
      return true;
    },
    setView: (settings) => view.set(settings),
    get view() {
      return view.settings;
    },
    setAfter(next) {
      if (next) requireAlike(next, image);
      stopTiles();
      after = next;
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
    moveCursor(dx, dy) {
      const { x, y } = pointer ?? view.position;
      cursorKey = true;
      setPointer({
        x: Math.min(image.width, Math.max(0, x + dx)),
        y: Math.min(image.height, Math.max(0, y + dy)),
      });
      if (desk.pressed) desk.extend([cursorPointer()]);
      else desk.hover(cursorPointer());
      keepInSight(pointer!);
    },
    pressCursor(down) {
      if (!pointer) editor.moveCursor(0, 0);
      if (!down) desk.release(cursorPointer());
      else if (!desk.pressed && !masks.preview) desk.press(cursorPointer());
    },
    toClient(point) {
      const { left, top } = stage.element.getBoundingClientRect();
      const at = view.toStage(point, pressedPane ?? view.panes[0]!);
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

  /** Follows the keyboard's pointer out of the pane. */
  function keepInSight(point: Point): void {
    const pane = view.panes[0]!;
    const at = view.toStage(point, pane);
    const margin = 24;
    const over = (value: number, room: number) =>
      value < margin ? margin - value : value > room - margin ? room - margin - value : 0;
    const [dx, dy] = [over(at.x, pane.width), over(at.y, pane.height)];
    if (dx !== 0 || dy !== 0) view.panBy(dx, dy);
  }

  open(options);
  return editor;
}

function requireAlike(after: PreparedImage, before: PreparedImage): void {
  if (after.width === before.width && after.height === before.height) return;
  throw new RangeError(
    `The result has ${after.width} × ${after.height} pixels; the image has ${before.width} × ${before.height}.`,
  );
}
