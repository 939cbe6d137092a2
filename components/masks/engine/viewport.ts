/** How an image lies in a pane: image pixel (x, y) is drawn at pane pixel (x·scale + left, y·scale + top), CSS pixels. */
export interface Viewport {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One image pixel on so many pane pixels at most. */
export const largestScale = 64;
/** An image may be made so much smaller than fitted: to see beyond its edge, and to draw over it. */
const smallestShare = 0.5;
/** CSS pixels of the image that stay in the pane, whatever is done. */
const keptInside = 48;
/** Share of the pane that a fitted image fills: its edge can be painted over. */
const fittedShare = 0.96;

/** The whole image, centred, with a narrow margin; never above 100 % for images that are small. */
export function fitViewport(image: Size, pane: Size): Viewport {
  const room = fittedShare * Math.min(pane.width / image.width, pane.height / image.height);
  const scale = Math.max(room, 1e-6);
  return centredOn({ x: image.width / 2, y: image.height / 2 }, scale, pane);
}

export function centredOn(point: Point, scale: number, pane: Size): Viewport {
  return { scale, left: pane.width / 2 - point.x * scale, top: pane.height / 2 - point.y * scale };
}

/** The image's point in the middle of the pane. */
export function centreOf(view: Viewport, pane: Size): Point {
  return toImage(view, { x: pane.width / 2, y: pane.height / 2 });
}

/** The view with another scale; the image point under `at`, in pane pixels, stays there. */
export function zoomTo(view: Viewport, wanted: number, at: Point, image: Size, pane: Size): Viewport {
  const fitted = fitViewport(image, pane).scale;
  const scale = Math.min(
    Math.max(wanted, Math.min(fitted, 1) * smallestShare),
    Math.max(largestScale, fitted),
  );
  const ratio = scale / view.scale;
  const moved = { scale, left: at.x - (at.x - view.left) * ratio, top: at.y - (at.y - view.top) * ratio };
  return keepInside(moved, image, pane);
}

export function panBy(view: Viewport, dx: number, dy: number, image: Size, pane: Size): Viewport {
  return keepInside({ ...view, left: view.left + dx, top: view.top + dy }, image, pane);
}

/** The image can be pushed aside, to draw at its edge in comfort, but not out of sight. */
export function keepInside(view: Viewport, image: Size, pane: Size): Viewport {
  const along = (offset: number, length: number, room: number) => {
    const kept = Math.min(keptInside, length, room);
    return Math.min(room - kept, Math.max(kept - length, offset));
  };
  return {
    scale: view.scale,
    left: along(view.left, image.width * view.scale, pane.width),
    top: along(view.top, image.height * view.scale, pane.height),
  };
}

export function toImage(view: Viewport, point: Point): Point {
  return { x: (point.x - view.left) / view.scale, y: (point.y - view.top) / view.scale };
}

export function toPane(view: Viewport, point: Point): Point {
  return { x: point.x * view.scale + view.left, y: point.y * view.scale + view.top };
}

/** How many halvings of the image still have a pixel for every device pixel: 0 at 100 % and above. */
export function levelFor(scale: number, devicePixels: number, levels: number): number {
  const level = Math.floor(-Math.log2(Math.max(scale * devicePixels, 1e-9)) + 1e-6);
  return Math.min(levels - 1, Math.max(0, level));
}
