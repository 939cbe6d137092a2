import type { CompareMode } from "./compare-mode";
import { differenceImage } from "./difference-image";
import { maskOverlay } from "./mask-overlay";
import { followPointer } from "./pointer";
import { fitViewport, panBy, type Size, type Viewport, zoomAt } from "./viewport";

export interface Pair {
  before: HTMLImageElement;
  after: HTMLImageElement;
  /** White where the image may change; null where there is no mask. */
  mask: HTMLImageElement | null;
}

/** What is shown of the pair. */
export interface CompareState {
  mode: CompareMode;
  /** In flicker mode: which of the two is on screen. */
  showing: "before" | "after";
}

export interface CompareView {
  /** Another pair, fitted; null clears the canvas. */
  setPair(pair: Pair | null): void;
  setState(state: CompareState): void;
  fit(): void;
  zoom(factor: number): void;
  /** Moves the view by CSS pixels. */
  pan(dx: number, dy: number): void;
  /** Moves the slider by a share of the pane's width. */
  slideBy(share: number): void;
  destroy(): void;
}

/** CSS pixels between the two panes of the side by side mode. */
const gap = 8;
/** From this enlargement on, pixels are drawn as squares. */
const crispScale = 3;

/**
 * Draws a pair on a canvas, outside React: zoom and pan must not wait for a render. One viewport serves all
 * modes and both panes, so that zoom and pan are always synchronised.
 */
export function createCompareView(canvas: HTMLCanvasElement): CompareView {
  const context = canvas.getContext("2d")!;
  let pair: Pair | null = null;
  let state: CompareState = { mode: "side", showing: "after" };
  let view: Viewport | null = null;
  /** Where the slider stands, as a share of the pane's width. */
  let split = 0.5;
  let difference: { of: Pair; image: HTMLCanvasElement } | null = null;
  let overlay: { of: HTMLImageElement; image: HTMLCanvasElement } | null = null;
  let frame = 0;

  const ratio = () => window.devicePixelRatio || 1;
  const whole = (): Size => ({ width: canvas.width / ratio(), height: canvas.height / ratio() });
  const pane = (): Size => {
    const { width, height } = whole();
    return state.mode === "side" ? { width: (width - gap) / 2, height } : { width, height };
  };
  const imageSize = (): Size | null =>
    pair && { width: pair.before.naturalWidth, height: pair.before.naturalHeight };
  /** A point of the canvas in the pane it lies in. */
  const inPane = (point: { x: number; y: number }) => {
    const second = state.mode === "side" && point.x > pane().width + gap;
    return second ? { x: point.x - pane().width - gap, y: point.y } : point;
  };

  function redraw(): void {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }

  function draw(): void {
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    const { width, height } = whole();
    context.clearRect(0, 0, width, height);
    if (!pair) return;
    const { before, after } = pair;
    if (state.mode === "side") {
      drawIn(before, 0, pane().width, 0);
      drawIn(after, pane().width + gap, pane().width, pane().width + gap);
    } else if (state.mode === "slider") {
      const x = Math.round(split * width);
      drawIn(before, 0, x, 0);
      drawIn(after, x, width - x, 0);
      drawHandle(x, height);
    } else if (state.mode === "flicker") {
      drawIn(state.showing === "before" ? before : after, 0, width, 0);
    } else if (state.mode === "mask") {
      drawIn(after, 0, width, 0);
      const { mask } = pair;
      if (!mask) return;
      if (overlay?.of !== mask) overlay = { of: mask, image: maskOverlay(mask, imageSize()!) };
      drawIn(overlay.image, 0, width, 0);
    } else {
      if (difference?.of !== pair) difference = { of: pair, image: differenceImage(before, after) };
      drawIn(difference.image, 0, width, 0);
    }
  }

  /** Draws between `left` and `left + width`, with the viewport's origin at `origin`. */
  function drawIn(image: CanvasImageSource, left: number, width: number, origin: number): void {
    const size = imageSize()!;
    view ??= fitViewport(size, pane());
    context.save();
    context.beginPath();
    context.rect(left, 0, width, whole().height);
    context.clip();
    context.imageSmoothingEnabled = view.scale * ratio() < crispScale;
    context.imageSmoothingQuality = "high";
    context.drawImage(image, origin + view.left, view.top, size.width * view.scale, size.height * view.scale);
    context.restore();
  }

  function drawHandle(x: number, height: number): void {
    context.fillStyle = "rgb(0 0 0 / 0.5)";
    context.fillRect(x - 2, 0, 4, height);
    context.fillStyle = "white";
    context.fillRect(x - 1, 0, 2, height);
    context.beginPath();
    context.arc(x, height / 2, 9, 0, 2 * Math.PI);
    context.fill();
  }

  function zoomOn(point: { x: number; y: number }, factor: number): void {
    const size = imageSize();
    if (!size || !view) return;
    view = zoomAt(view, factor, inPane(point), size, pane());
    redraw();
  }

  function fit(): void {
    view = null;
    redraw();
  }

  function pan(dx: number, dy: number): void {
    const size = imageSize();
    if (!size || !view) return;
    view = panBy(view, dx, dy, size, pane());
    redraw();
  }

  function slideTo(share: number): void {
    split = Math.min(1, Math.max(0, share));
    redraw();
  }

  const stopPointer = followPointer(canvas, {
    zoom: zoomOn,
    fit,
    grabs: (point) => state.mode === "slider" && Math.abs(point.x - split * whole().width) < 14,
    slide: (point) => slideTo(point.x / whole().width),
    pan,
  });

  const observer = new ResizeObserver(() => {
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = Math.max(1, Math.round(width * ratio()));
    canvas.height = Math.max(1, Math.round(height * ratio()));
    view = null;
    // Resizing cleared the canvas: drawn at once, it does not flash.
    draw();
  });
  observer.observe(canvas);

  return {
    setPair(next) {
      const same = next?.before === pair?.before && next?.after === pair?.after;
      if (same && next?.mask === pair?.mask) return;
      pair = next;
      if (!same) view = null;
      draw();
    },
    setState(next) {
      const paneChanges = (next.mode === "side") !== (state.mode === "side");
      state = next;
      if (paneChanges) view = null;
      draw();
    },
    fit,
    zoom: (factor) => zoomOn({ x: pane().width / 2, y: pane().height / 2 }, factor),
    pan,
    slideBy: (share) => slideTo(split + share),
    destroy() {
      cancelAnimationFrame(frame);
      observer.disconnect();
      stopPointer();
    },
  };
}
