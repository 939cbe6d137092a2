import { clipBox } from "./boxes";
import { crispScale } from "./draw-image";
import type { MaskPicture } from "./mask-picture";
import { deviceX, deviceY, type PaneDrawing, visiblePart } from "./scene";
import { forTilesIn, tileBox } from "./tile-grid";
import { levelFor } from "./viewport";

/** The proposal's and the reference layer's colours: apart from each other and from the mask's default, also for the colour-blind. */
export const proposalColour = "#00b7ff";
export const layerColour = "#ffd60a";
const proposalOpacity = 0.5;
const layerOpacity = 0.3;

/** Draws the mask as the settings want it, a reference layer beneath and a proposal above it. */
export function drawMasks(drawing: PaneDrawing): void {
  const { context, scene } = drawing;
  const { mask, layer, proposal, settings, dark } = scene;
  const { display, color, opacity, levels } = settings;
  if (display === "matte") drawMatte(drawing);
  if (layer) drawLayer(layer, layerColour, layerOpacity);
  if (display !== "hidden" && !dark) {
    if (display === "matte") fillTiles(drawing, mask, "#ffffff", 1);
    if (display === "overlay" || display === "both") fillTiles(drawing, mask, color, opacity);
    if (display === "outline" || display === "both") strokeEdges(drawing, mask, color, settings.outline);
  }
  if (proposal) drawLayer(proposal, proposalColour, proposalOpacity);
  context.globalAlpha = 1;

  function drawLayer(picture: MaskPicture, colour: string, alpha: number): void {
    fillTiles(drawing, picture, colour, alpha);
    strokeEdges(drawing, picture, colour, "solid");
  }

  function fillTiles(target: PaneDrawing, picture: MaskPicture, colour: string, alpha: number): void {
    picture.setColour(colour, levels);
    context.globalAlpha = alpha;
    context.imageSmoothingEnabled = scene.view.scale <= crispScale;
    forVisibleTiles(target, picture, (level, index, by) => {
      const canvas = picture.tile(level, index);
      if (!canvas) return;
      const box = tileBox(picture.levels[level]!.grid, index);
      const [x, y] = [deviceX(target, box.x * by), deviceY(target, box.y * by)];
      const right = deviceX(target, (box.x + box.width) * by);
      const bottom = deviceY(target, (box.y + box.height) * by);
      context.drawImage(canvas, x, y, right - x, bottom - y);
    });
    context.globalAlpha = 1;
  }
}

/** The image is covered in black: what is not white is kept. */
function drawMatte(drawing: PaneDrawing): void {
  const { context, scene } = drawing;
  const { width, height } = scene.before;
  const [x, y] = [deviceX(drawing, 0), deviceY(drawing, 0)];
  context.fillStyle = "#000";
  context.fillRect(x, y, deviceX(drawing, width) - x, deviceY(drawing, height) - y);
}

function forVisibleTiles(
  drawing: PaneDrawing,
  picture: MaskPicture,
  visit: (level: number, index: number, by: number) => void,
): void {
  const part = visiblePart(drawing);
  if (!part) return;
  const level = levelFor(drawing.scene.view.scale, drawing.ratio, picture.levels.length);
  const { width, height, grid } = picture.levels[level]!;
  const by = 2 ** level;
  const box = clipBox(
    { x: part.x / by, y: part.y / by, width: part.width / by, height: part.height / by },
    width,
    height,
  );
  if (box) forTilesIn(grid, box, (index) => visit(level, index, by));
}

/** CSS pixels. */
const lineWidth = 1.5;
const haloWidth = 3.5;

function strokeEdges(
  drawing: PaneDrawing,
  picture: MaskPicture,
  colour: string,
  style: "solid" | "marching",
): void {
  const { context, scene, ratio, pane } = drawing;
  const { view } = scene;
  const paths: Path2D[] = [];
  let pixel = 1;
  forVisibleTiles(drawing, picture, (level, index, by) => {
    pixel = by * view.scale * ratio;
    const path = picture.outline(level, index);
    if (path) paths.push(path);
  });
  if (paths.length === 0) return;
  context.save();
  context.setTransform(pixel, 0, 0, pixel, (pane.left + view.left) * ratio, view.top * ratio);
  context.lineCap = "square";
  const stroke = (width: number, paint: string | CanvasPattern) => {
    context.lineWidth = (width * ratio) / pixel;
    context.strokeStyle = paint;
    for (const path of paths) context.stroke(path);
  };
  if (style === "marching") stroke(lineWidth, stripes(context, colour, pixel / ratio, scene.march));
  else {
    stroke(haloWidth, "rgb(0 0 0 / 0.5)");
    stroke(lineWidth, colour);
  }
  context.restore();
}

/**
 * Slanted stripes of the colour and black, shifted by `march` CSS pixels: along edges of any direction they look like
 * dashes that move, with no need to know how edges join.
 */
function stripes(
  context: CanvasRenderingContext2D,
  colour: string,
  pixel: number,
  march: number,
): CanvasPattern {
  const side = 8;
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const drawing = tile.getContext("2d")!;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      drawing.fillStyle = (x + y) % side < side / 2 ? colour : "#000";
      drawing.fillRect(x, y, 1, 1);
    }
  }
  const pattern = context.createPattern(tile, "repeat")!;
  pattern.setTransform(new DOMMatrix().scale(1 / pixel).translate(march % side, 0));
  return pattern;
}
