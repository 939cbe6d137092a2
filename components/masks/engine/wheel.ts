import type { Point } from "./viewport";

interface WheelUse {
  place(event: MouseEvent): Point;
  panBy(dx: number, dy: number): void;
  zoomAt(at: Point, factor: number): void;
  resize(factor: number): void;
}

/** Zoom of one notch of a mouse wheel (120 units), and of a pixel of a pinch on a trackpad. */
const wheelBase = 1.0018;
const pinchBase = 1.01;
/** Events closer than so many ms belong to one movement, which keeps its kind. */
const sameMovementMs = 250;

/** A mouse's wheel zooms at the cursor, as does a pinch on a trackpad; two fingers on a trackpad pan; Alt sizes the brush. */
export function followWheel(element: HTMLElement, use: WheelUse, signal: AbortSignal): void {
  let last = { time: Number.NEGATIVE_INFINITY, mouse: true };
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const mouse =
        event.timeStamp - last.time < sameMovementMs && !event.ctrlKey ? last.mouse : isMouseWheel(event);
      last = { time: event.timeStamp, mouse };
      const unit = [1, 16, 400][event.deltaMode] ?? 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      // Browsers report a trackpad's pinch as a wheel with Ctrl; so does a person who holds it.
      if (event.ctrlKey || event.metaKey) {
        const base = isMouseWheel(event) ? wheelBase : pinchBase;
        use.zoomAt(use.place(event), base ** -dy);
      } else if (event.altKey) use.resize(wheelBase ** -dy);
      else if (event.shiftKey && mouse) use.panBy(-(dx || dy), 0);
      else if (mouse) use.zoomAt(use.place(event), wheelBase ** -dy);
      else use.panBy(-dx, -dy);
    },
    { passive: false, signal },
  );
}

/** Wheels turn in notches, straight up or down: lines, or whole multiples of 120 in the older unit. */
function isMouseWheel(event: WheelEvent): boolean {
  if (event.deltaMode !== 0) return true;
  const { wheelDeltaY } = event as WheelEvent & { wheelDeltaY?: number };
  return event.deltaX === 0 && Math.abs(event.deltaY) >= 40 && (wheelDeltaY ?? 0) % 120 === 0;
}
