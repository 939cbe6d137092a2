import type { EditorState } from "./editor-state";
import type { InputUse, Sample } from "./input";
import type { EditorEvents } from "./mask-editor";
import { minimapBox, minimapPoint } from "./minimap";
import { paneAt } from "./panes";
import type { Stage } from "./stage";
import { type ToolDesk, toToolPointer } from "./tool-desk";
import type { ToolPointer } from "./tools/tool";
import type { ViewState } from "./view-state";
import type { Point } from "./viewport";

/** CSS pixels that the keyboard's pointer keeps from the pane's edge. */
const sightMargin = 24;

interface PointerParts {
  state: EditorState;
  view: ViewState;
  stage: Stage;
  desk: ToolDesk;
  /** Makes the brush as much larger. */
  resize(factor: number): void;
  emit<K extends "hover" | "problem">(event: K, value: EditorEvents[K]): void;
}

/** Mouse, pen, fingers and the keyboard's pointer, led to the tool in hand, the view or the minimap. */
export interface EditorPointer {
  readonly input: InputUse;
  moveBy(dx: number, dy: number): void;
  press(down: boolean): void;
  /** The cursor of the tool in hand. */
  showCursor(): void;
}

export function createEditorPointer({ state, view, stage, desk, resize, emit }: PointerParts): EditorPointer {
  const asPointer = (sample: Sample): ToolPointer =>
    toToolPointer(sample, view.fromStage(sample, state.pressedPane ?? undefined));
  const fromKeyboard = (): ToolPointer => ({
    ...state.pointer!,
    pressure: 1,
    shift: false,
    subtract: state.altDown,
  });

  function showCursor(): void {
    const { cursor } = desk.inHand;
    const ring = state.pointer ? "none" : "crosshair";
    stage.element.style.cursor = cursor === "ring" ? ring : cursor;
  }

  function setPointer(point: Point | null): void {
    const appears = (state.pointer === null) !== (point === null);
    state.pointer = point;
    if (appears) showCursor();
    stage.invalidate("tools");
    const { width, height, data } = state.document;
    const [x, y] = point ? [Math.floor(point.x), Math.floor(point.y)] : [-1, -1];
    const within = x >= 0 && y >= 0 && x < width && y < height;
    emit("hover", point && within ? { ...point, level: data[y * width + x]! } : null);
  }

  /** Moves the view after the keyboard's pointer. */
  function keepInSight(point: Point): void {
    const pane = view.panes[0]!;
    const at = view.toStage(point, pane);
    const over = (value: number, room: number) =>
      value < sightMargin ? sightMargin - value : Math.min(0, room - sightMargin - value);
    const [dx, dy] = [over(at.x, pane.width), over(at.y, pane.height)];
    if (dx !== 0 || dy !== 0) view.panBy(dx, dy);
  }

  function moveBy(dx: number, dy: number): void {
    const { x, y } = state.pointer ?? view.position;
    const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
    state.byKeyboard = true;
    setPointer({ x: within(x + dx, state.image.width), y: within(y + dy, state.image.height) });
    if (desk.pressed) desk.extend([fromKeyboard()]);
    else desk.hover(fromKeyboard());
    keepInSight(state.pointer!);
  }

  /** Nobody draws on a preview: it is not the mask. */
  function mayPress(): boolean {
    if (!state.masks.preview) return true;
    emit("problem", { message: "Apply the preview or drop it, then draw on." });
    return false;
  }

  const input: InputUse = {
    press(sample) {
      state.byKeyboard = false;
      if (!mayPress()) return;
      state.pressedPane = paneAt(view.panes, sample);
      desk.press(asPointer(sample));
    },
    extend: (points) => desk.extend(points.map(asPointer)),
    release(sample) {
      desk.release(asPointer(sample));
      state.pressedPane = null;
    },
    withdraw() {
      desk.withdraw();
      state.pressedPane = null;
    },
    hover(sample) {
      state.byKeyboard = false;
      setPointer(sample && view.fromStage(sample, state.pressedPane ?? undefined));
      if (sample && !desk.pressed) desk.hover(asPointer(sample));
    },
    panBy: (dx, dy) => view.panBy(dx, dy),
    zoomAt: (at, factor) => view.zoomBy(factor, at),
    resize,
    pans: () => desk.inHand.name === "pan",
    seize(at) {
      if (!view.showsMinimap()) return null;
      const box = minimapBox(state.image, stage.size());
      const on = at.x >= box.x && at.y >= box.y && at.x < box.x + box.width && at.y < box.y + box.height;
      return on ? (to) => view.setPosition(minimapPoint(state.image, stage.size(), to)) : null;
    },
    held({ space, alt }) {
      state.altDown = alt;
      if (space || desk.lent === "pan") desk.lend(space ? "pan" : null);
      stage.invalidate("tools");
    },
  };

  return {
    input,
    moveBy,
    press(down) {
      if (!state.pointer) moveBy(0, 0);
      if (!down) desk.release(fromKeyboard());
      else if (!desk.pressed && mayPress()) desk.press(fromKeyboard());
    },
    showCursor,
  };
}
