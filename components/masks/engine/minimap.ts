import type { PixelBox } from "@/lib/domain/image";
import { overlayPalette } from "./mask-look";
import { rasteriseMasks } from "./mask-raster";
import type { PreparedImage } from "./prepared-image";
import type { Scene } from "./scene";
import type { Point, Size, Viewport } from "./viewport";

/** CSS pixels of the longer side, and to the stage's corner. */
const longerSide = 168;
const margin = 12;

/** Where the minimap lies on the stage, CSS pixels. */
export function minimapBox(image: Size, stage: Size): PixelBox {
  const room = Math.min(longerSide, stage.width / 3, stage.height / 3);
  const scale = room / Math.max(image.width, image.height);
  const [width, height] = [Math.max(8, image.width * scale), Math.max(8, image.height * scale)];
  return { x: stage.width - width - margin, y: stage.height - height - margin, width, height };
}

/** Whether part of the image is outside of the pane. */
export function isCut(image: Size, view: Viewport, pane: Size): boolean {
  return (
    view.left < -1 ||
    view.top < -1 ||
    view.left + image.width * view.scale > pane.width + 1 ||
    view.top + image.height * view.scale > pane.height + 1
  );
}

/** The image point under a point of the stage that is on the minimap (or was when it was pressed). */
export function minimapPoint(image: Size, stage: Size, at: Point): Point {
  const box = minimapBox(image, stage);
  const along = (offset: number, length: number, whole: number) =>
    Math.min(whole, Math.max(0, (offset / length) * whole));
  return {
    x: along(at.x - box.x, box.width, image.width),
    y: along(at.y - box.y, box.height, image.height),
  };
}

const thumbnails = new WeakMap<PreparedImage, HTMLCanvasElement>();

/** The whole image, small: made once, for the minimap is drawn with every movement. */
function thumbnailOf(image: PreparedImage, ratio: number): HTMLCanvasElement {
  const known = thumbnails.get(image);
  if (known) return known;
  const scale = (longerSide * ratio) / Math.max(image.width, image.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "medium";
  context.drawImage(image.overview.bitmap, 0, 0, canvas.width, canvas.height);
  thumbnails.set(image, canvas);
  return canvas;
}

export function drawMinimap(
  context: CanvasRenderingContext2D,
  scene: Scene,
  stage: Size,
  ratio: number,
): void {
  const { before, view } = scene;
  const box = minimapBox(before, stage);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, box.x * ratio, box.y * ratio);
  context.fillStyle = "#000";
  context.fillRect(-2, -2, box.width + 4, box.height + 4);
  context.drawImage(thumbnailOf(before, ratio), 0, 0, box.width, box.height);
  drawCover(context, scene, box, ratio);
  const scale = box.width / before.width;
  const pane = scene.panes[0]!;
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
  const left = clamp((-view.left / view.scale) * scale, box.width);
  const top = clamp((-view.top / view.scale) * scale, box.height);
  const right = clamp(((pane.width - view.left) / view.scale) * scale, box.width);
  const bottom = clamp(((pane.height - view.top) / view.scale) * scale, box.height);
  context.lineWidth = 3;
  context.strokeStyle = "rgb(0 0 0 / 0.7)";
  context.strokeRect(left, top, right - left, bottom - top);
  context.lineWidth = 1.5;
  context.strokeStyle = "#fff";
  context.strokeRect(left, top, right - left, bottom - top);
  context.restore();
}

/** The mask over the small image. */
function drawCover(context: CanvasRenderingContext2D, scene: Scene, box: PixelBox, ratio: number): void {
  const width = Math.max(1, Math.round(box.width * ratio));
  const height = Math.max(1, Math.round(box.height * ratio));
  if (cover.canvas?.width !== width || cover.canvas.height !== height) {
    cover.canvas = Object.assign(document.createElement("canvas"), { width, height });
    cover.image = new ImageData(width, height);
  }
  const { color, levels, display } = scene.settings;
  const palette = overlayPalette(display === "matte" ? "#ffffff" : color, 0.7, levels);
  rasteriseMasks(
    new Uint32Array(cover.image!.data.buffer),
    {
      left: 0,
      top: 0,
      width,
      height,
      originX: 0,
      originY: 0,
      scale: width / scene.before.width,
      line: 1,
      march: 0,
    },
    [{ levels: scene.mask, palette, edge: null, marching: false }],
  );
  cover.canvas.getContext("2d")!.putImageData(cover.image!, 0, 0);
  context.drawImage(cover.canvas, 0, 0, box.width, box.height);
}

const cover = { canvas: null as HTMLCanvasElement | null, image: null as ImageData | null };
