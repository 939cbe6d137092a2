import type { Point } from "./viewport";
import { followWheel } from "./wheel";

/** The pointer on the stage, CSS pixels, with what is held down. */
export interface Sample extends Point {
  /** 0..1 as a pen feels it; 1 for mouse and finger. */
  readonly pressure: number;
  readonly shift: boolean;
  /** Alt, or the right button: the press takes away. */
  readonly alt: boolean;
  /** The pen's other end. */
  readonly eraser: boolean;
}

export interface InputUse {
  press(at: Sample): void;
  extend(points: readonly Sample[]): void;
  release(at: Sample): void;
  /** The press was none: a second finger or a pen came. */
  withdraw(): void;
  hover(at: Sample | null): void;
  panBy(dx: number, dy: number): void;
  zoomAt(at: Point, factor: number): void;
  /** The wheel was turned with Alt: the brush grows or shrinks. */
  resize(factor: number): void;
  /** Dragging moves the view: the pan tool is on. */
  pans(): boolean;
  /** Something on the stage that takes a press for itself (the minimap), as what to do with its movement. */
  seize(at: Point): ((at: Point) => void) | null;
  /** Space or Alt is down or up again. */
  held(keys: { space: boolean; alt: boolean }): void;
}

type Doing =
  | { kind: "nothing" }
  | { kind: "drawing"; id: number; type: string; since: number; from: Point; last: Sample }
  | { kind: "panning"; id: number; at: Point }
  | { kind: "seized"; id: number; move(at: Point): void }
  | { kind: "pinching" };

/** After a pen was near for the last time, hands may rest on the tablet for so long, in ms. */
const palmMs = 1000;
/** A second finger this soon, or before the first has moved so far (CSS pixels), makes a pinch of a stroke. */
const pinchMs = 300;
const pinchReach = 10;
/** `PointerEvent.buttons` of a pen's eraser, and `button` of the wheel and of the right button (a pen's barrel). */
const eraserButton = 32;
const middleButton = 1;
const rightButton = 2;

/**
 * Mouse, pen and touch. One pointer draws at a time. A pen wins over touch: when it is near, fingers neither draw nor
 * pan, and a finger's stroke is withdrawn; once a pen has been used, one finger pans. Two fingers zoom and pan; so do
 * Space or the middle button and dragging. The right button draws as the left one does with Alt. Returns how to stop.
 */
export function followInput(element: HTMLElement, use: InputUse): () => void {
  let doing: Doing = { kind: "nothing" };
  const fingers = new Map<number, Point>();
  let penNear = Number.NEGATIVE_INFINITY;
  let space = false;
  let inside = false;
  /** The press that goes on is the right button's. */
  let right = false;
  const listening = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) => element.addEventListener(type, listener, { signal: listening.signal });

  const place = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const sample = (event: PointerEvent): Sample => ({
    ...place(event),
    pressure: event.pointerType === "pen" ? event.pressure : 1,
    shift: event.shiftKey,
    alt: event.altKey || right,
    eraser: event.pointerType === "pen" && (event.buttons & eraserButton) !== 0,
  });
  const isPalm = (event: PointerEvent) =>
    event.pointerType === "touch" &&
    (performance.now() - penNear < palmMs || (doing.kind === "drawing" && doing.type === "pen"));

  function begin(event: PointerEvent): void {
    const at = sample(event);
    const seized = use.seize(at);
    const id = event.pointerId;
    if (seized) {
      doing = { kind: "seized", id, move: seized };
      seized(at);
    } else if (
      event.button === middleButton ||
      space ||
      use.pans() ||
      (event.pointerType === "touch" && penNear > 0)
    ) {
      doing = { kind: "panning", id, at };
    } else if (event.button === 0 || event.button === rightButton || at.eraser) {
      right = event.button === rightButton;
      const from = sample(event);
      doing = { kind: "drawing", id, type: event.pointerType, since: performance.now(), from, last: from };
      if (right) use.held({ space, alt: true });
      use.press(from);
    }
  }

  on("pointerdown", (event) => {
    if (event.pointerType === "pen") {
      penNear = performance.now();
      if (doing.kind === "drawing" && doing.type === "touch") use.withdraw();
      if (doing.kind !== "drawing" || doing.type !== "pen") doing = { kind: "nothing" };
      fingers.clear();
    }
    if (isPalm(event)) return;
    element.focus({ preventScroll: true });
    // A synthetic pointer cannot be captured.
    if (event.isTrusted) element.setPointerCapture(event.pointerId);
    if (event.pointerType !== "touch") {
      // Else the middle button scrolls.
      if (event.button === middleButton) event.preventDefault();
      if (doing.kind === "nothing") begin(event);
      return;
    }
    fingers.set(event.pointerId, place(event));
    if (fingers.size === 1 && doing.kind === "nothing") begin(event);
    else if (fingers.size === 2) {
      if (doing.kind === "drawing" && !isFresh(doing)) return;
      if (doing.kind === "drawing") use.withdraw();
      doing = { kind: "pinching" };
    }
  });

  function isFresh(drawing: Extract<Doing, { kind: "drawing" }>): boolean {
    const now = fingers.get(drawing.id) ?? drawing.from;
    const moved = Math.hypot(now.x - drawing.from.x, now.y - drawing.from.y);
    return performance.now() - drawing.since < pinchMs || moved < pinchReach;
  }

  on("pointermove", (event) => {
    if (event.pointerType === "pen") penNear = performance.now();
    const at = place(event);
    if (doing.kind === "pinching" && fingers.has(event.pointerId)) {
      pinch(event.pointerId, at);
      return;
    }
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, at);
    if ("id" in doing && doing.id === event.pointerId) {
      if (doing.kind === "panning") {
        use.panBy(at.x - doing.at.x, at.y - doing.at.y);
        doing.at = at;
      } else if (doing.kind === "seized") doing.move(at);
      else if (doing.kind === "drawing") {
        const passed = event.getCoalescedEvents?.() ?? [];
        doing.last = sample(event);
        use.extend(passed.length > 0 ? passed.map(sample) : [doing.last]);
        use.hover(doing.last);
      }
    } else if (doing.kind === "nothing" && event.pointerType !== "touch") use.hover(sample(event));
  });

  /** One finger of two has moved: the point between them moves, their distance zooms. */
  function pinch(id: number, at: Point): void {
    const before = spread();
    fingers.set(id, at);
    const after = spread();
    use.panBy(after.x - before.x, after.y - before.y);
    if (before.distance > 0 && after.distance > 0) use.zoomAt(after, after.distance / before.distance);
  }

  function spread() {
    const [a, b] = [...fingers.values()] as [Point, Point];
    return {
      x: (a.x + b.x) / 2,
      y: (a.y + b.y) / 2,
      distance: Math.hypot(a.x - b.x, a.y - b.y),
    };
  }

  function end(event: PointerEvent, cancelled: boolean): void {
    fingers.delete(event.pointerId);
    if (doing.kind === "pinching") {
      if (fingers.size < 2) doing = { kind: "nothing" };
      return;
    }
    if (!("id" in doing) || doing.id !== event.pointerId) return;
    const ended = doing;
    doing = { kind: "nothing" };
    if (ended.kind !== "drawing") return;
    // The system takes a finger's stroke for a gesture; what a pen or mouse has drawn is kept.
    if (cancelled && event.pointerType === "touch") use.withdraw();
    // A cancelled pointer says nothing of where it was.
    else use.release(cancelled ? ended.last : sample(event));
    if (event.pointerType === "touch") use.hover(null);
    if (right) {
      right = false;
      use.held({ space, alt: event.altKey });
    }
  }
  on("pointerup", (event) => end(event, false));
  on("pointercancel", (event) => end(event, true));

  on("pointerenter", (event) => {
    inside = true;
    if (event.pointerType === "touch") return;
    // A button that was clicked before must not take Space from the canvas; one reached by Tab keeps it.
    const focused = document.activeElement;
    if (focused?.matches("button, a, summary") && !focused.matches(":focus-visible")) {
      element.focus({ preventScroll: true });
    }
  });
  on("pointerleave", () => {
    inside = false;
    if (doing.kind === "nothing") use.hover(null);
  });
  on("contextmenu", (event) => event.preventDefault());

  const followKey = (event: KeyboardEvent) => {
    const down = event.type === "keydown";
    const typing =
      event.target instanceof HTMLElement && event.target.closest("input, textarea, select, button, a");
    if (event.code === "Space" && (!down || ((inside || document.activeElement === element) && !typing))) {
      if (down) event.preventDefault();
      if (space !== down) {
        space = down;
        use.held({ space, alt: event.altKey });
      }
    } else if (event.key === "Alt") {
      // Alone, Alt would open the browser's menu.
      if (inside) event.preventDefault();
      use.held({ space, alt: down });
    }
  };
  window.addEventListener("keydown", followKey, { signal: listening.signal });
  window.addEventListener("keyup", followKey, { signal: listening.signal });
  window.addEventListener(
    "blur",
    () => {
      space = false;
      use.held({ space: false, alt: false });
    },
    { signal: listening.signal },
  );
  followWheel(element, { place, ...use }, listening.signal);
  return () => listening.abort();
}
