import type { Gizmo } from "./gizmo";
import type { ViewSettings } from "./mask-editor";
import type { MaskLevels } from "./mask-levels";
import type { Pane } from "./panes";
import type { PreparedImage } from "./prepared-image";
import type { Point, Viewport } from "./viewport";

/** All that is drawn, as it is at the moment. */
export interface Scene {
  readonly before: PreparedImage;
  readonly after: PreparedImage | null;
  readonly panes: readonly Pane[];
  readonly view: Viewport;
  readonly settings: ViewSettings;
  /** The mask, or the preview in its place. */
  readonly mask: MaskLevels;
  readonly proposal: MaskLevels | null;
  readonly layer: MaskLevels | null;
  /** The dark half of a blink. */
  readonly dark: boolean;
  /** How far the outline has marched, CSS pixels. */
  readonly march: number;
  readonly gizmos: readonly Gizmo[];
  /** The brush's ring, image pixels. */
  readonly ring: { readonly at: Point; readonly radius: number; readonly erases: boolean } | null;
  readonly minimap: boolean;
}

/** A scene in one pane, with the means to draw it. `ratio` is device pixels for a CSS pixel. */
export interface PaneDrawing {
  readonly context: CanvasRenderingContext2D;
  readonly scene: Scene;
  readonly pane: Pane;
  readonly ratio: number;
}

/** Device pixels of an image coordinate. */
export function deviceX({ scene: { view }, pane, ratio }: PaneDrawing, x: number): number {
  return Math.round((pane.left + view.left + x * view.scale) * ratio);
}

export function deviceY({ scene: { view }, ratio }: PaneDrawing, y: number): number {
  return Math.round((view.top + y * view.scale) * ratio);
}

/** The part of the image that a pane shows, image pixels; null if none. */
export function visiblePart({ scene: { view, before }, pane }: PaneDrawing) {
  const x = Math.max(0, -view.left / view.scale);
  const y = Math.max(0, -view.top / view.scale);
  const right = Math.min(before.width, (pane.width - view.left) / view.scale);
  const bottom = Math.min(before.height, (pane.height - view.top) / view.scale);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}
