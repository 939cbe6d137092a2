import type { PixelBox } from "@/lib/domain/image";
import { clipBox, meetBoxes } from "./boxes";
import { masksToDraw } from "./mask-look";
import { rasteriseMasks } from "./mask-raster";
import type { PaneDrawing } from "./scene";

/** CSS pixels of the mask's edge; it is wider where nothing else shows the mask. */
const edgeWidth = 1;
const loneEdgeWidth = 2;

/** Made when first drawn: a server that renders the page around the canvas has no such class. */
let buffer: { image: ImageData; pixels: Uint32Array } | null = null;

/** Draws the masks of a pane, or the part of them in a box of device pixels. What was there is replaced. */
export function drawMasks(drawing: PaneDrawing, part: PixelBox | null): void {
  const { context, scene, pane, ratio } = drawing;
  const canvas = context.canvas;
  const own = { x: pane.left * ratio, y: 0, width: pane.width * ratio, height: pane.height * ratio };
  const whole = clipBox(own, canvas.width, canvas.height);
  const box = whole && part ? meetBoxes(whole, part) : whole;
  if (!box) return;
  const masks = masksToDraw(scene);
  if (masks.length === 0) {
    context.clearRect(box.x, box.y, box.width, box.height);
    return;
  }
  const { image, pixels } = bufferFor(box.width, box.height);
  const scale = scene.view.scale * ratio;
  rasteriseMasks(
    pixels,
    {
      left: box.x,
      top: box.y,
      width: box.width,
      height: box.height,
      originX: Math.round((pane.left + scene.view.left) * ratio),
      originY: Math.round(scene.view.top * ratio),
      scale,
      line: lineOf(drawing),
      march: Math.round(scene.march * ratio),
    },
    masks,
  );
  context.putImageData(image, box.x, box.y);
}

/** Device pixels that may change when the mask does in a box of the image. */
export function deviceBox(drawing: Omit<PaneDrawing, "context">, box: PixelBox): PixelBox {
  const { scene, pane, ratio } = drawing;
  const scale = scene.view.scale * ratio;
  // Halvings reach a pixel of theirs beyond the box, which is less than two of the screen's; edges as far again.
  const reach = 3 + lineOf(drawing);
  const x = Math.floor((pane.left + scene.view.left) * ratio + box.x * scale) - reach;
  const y = Math.floor(scene.view.top * ratio + box.y * scale) - reach;
  return {
    x,
    y,
    width: Math.ceil(box.width * scale) + 2 * reach + 1,
    height: Math.ceil(box.height * scale) + 2 * reach + 1,
  };
}

/** Width of an edge, device pixels. */
function lineOf({ scene, ratio }: Omit<PaneDrawing, "context">): number {
  const width = scene.settings.display === "outline" ? loneEdgeWidth : edgeWidth;
  return Math.max(1, Math.round(width * ratio));
}

/** Images of the very size: `putImageData` copies all of one. Small ones come and go, so the last is kept. */
function bufferFor(width: number, height: number): NonNullable<typeof buffer> {
  if (!buffer || buffer.image.width !== width || buffer.image.height !== height) {
    const image = new ImageData(width, height);
    buffer = { image, pixels: new Uint32Array(image.data.buffer) };
  }
  return buffer;
}
