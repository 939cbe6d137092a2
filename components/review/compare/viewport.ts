/** How an image lies in a pane: image pixel (x, y) is drawn at pane pixel (x·scale + left, y·scale + top). */
export interface Viewport {
  scale: number;
  left: number;
  top: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Largest enlargement: one image pixel on so many pane pixels. */
const maxScale = 40;

/** The whole image, centred, as large as the pane allows. */
export function fitViewport(image: Size, pane: Size): Viewport {
  const scale = Math.min(pane.width / image.width, pane.height / image.height);
  return {
    scale,
    left: (pane.width - image.width * scale) / 2,
    top: (pane.height - image.height * scale) / 2,
  };
}

/** Zooms by `factor`; the image point under (x, y), in pane pixels, stays there. Never smaller than fitted. */
export function zoomAt(
  view: Viewport,
  factor: number,
  at: { x: number; y: number },
  image: Size,
  pane: Size,
): Viewport {
  const smallest = fitViewport(image, pane).scale;
  const scale = Math.min(Math.max(view.scale * factor, smallest), Math.max(maxScale, smallest));
  const ratio = scale / view.scale;
  return keepInside(
    { scale, left: at.x - (at.x - view.left) * ratio, top: at.y - (at.y - view.top) * ratio },
    image,
    pane,
  );
}

/** Moves the image by pane pixels. */
export function panBy(view: Viewport, dx: number, dy: number, image: Size, pane: Size): Viewport {
  return keepInside({ ...view, left: view.left + dx, top: view.top + dy }, image, pane);
}

/** An image larger than the pane covers it; a smaller one is centred, so that it is never lost. */
function keepInside(view: Viewport, image: Size, pane: Size): Viewport {
  const along = (offset: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, offset));
  return {
    scale: view.scale,
    left: along(view.left, image.width * view.scale, pane.width),
    top: along(view.top, image.height * view.scale, pane.height),
  };
}
