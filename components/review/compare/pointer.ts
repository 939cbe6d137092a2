interface Point {
  x: number;
  y: number;
}

interface PointerUse {
  /** Zoom by a factor about a point of the canvas, in CSS pixels. */
  zoom(point: Point, factor: number): void;
  pan(dx: number, dy: number): void;
  fit(): void;
  /** Whether a press at the point takes hold of the slider. */
  grabs(point: Point): boolean;
  slide(point: Point): void;
}

/** Zoom of one notch of a wheel (120 units). */
const wheelBase = 1.0018;

/** Wheel zooms at the cursor, dragging pans (or slides), a double click fits. Returns how to stop. */
export function followPointer(canvas: HTMLCanvasElement, use: PointerUse): () => void {
  let last: Point | null = null;
  let sliding = false;
  const listening = new AbortController();
  const { signal } = listening;

  const at = (event: MouseEvent): Point => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      // Lines and pages, as some mice report, in pixels.
      const pixels = event.deltaY * [1, 16, 400][event.deltaMode]!;
      use.zoom(at(event), wheelBase ** -pixels);
    },
    { passive: false, signal },
  );
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button > 1) return;
      canvas.setPointerCapture(event.pointerId);
      last = at(event);
      sliding = use.grabs(last);
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    (event) => {
      const point = at(event);
      if (last) {
        if (sliding) use.slide(point);
        else use.pan(point.x - last.x, point.y - last.y);
        last = point;
      } else {
        canvas.style.cursor = use.grabs(point) ? "ew-resize" : "grab";
      }
    },
    { signal },
  );
  const release = () => {
    last = null;
  };
  canvas.addEventListener("pointerup", release, { signal });
  canvas.addEventListener("pointercancel", release, { signal });
  canvas.addEventListener("dblclick", () => use.fit(), { signal });
  return () => listening.abort();
}
