import { clipBox } from "./boxes";
import { imageTileSize } from "./prepared-image";
import { deviceX, deviceY, type PaneDrawing, visiblePart } from "./scene";
import { forTilesIn, tileBox, tileGrid } from "./tile-grid";
import { levelFor } from "./viewport";

/** From this enlargement on, pixels are drawn as squares. */
export const crispScale = 2;

/** Draws a pane's image with the tiles of the level that the screen can show, and the overview until they are there. */
export function drawImage(drawing: PaneDrawing): void {
  const { context, scene, pane, ratio } = drawing;
  const image = pane.shows === "after" && scene.after ? scene.after : scene.before;
  const part = visiblePart(drawing);
  if (!part) return;
  context.imageSmoothingEnabled = scene.view.scale <= crispScale;
  const { levels, overview, width, height } = image;
  const level = levelFor(scene.view.scale, ratio, levels.length);
  const tiles = level < overview.level ? visibleTiles() : null;
  if (!tiles?.every(({ bitmap }) => bitmap)) {
    drawPart(overview.bitmap, { x: 0, y: 0, width, height });
  }
  for (const { bitmap, box } of tiles ?? []) if (bitmap) drawPart(bitmap, box);

  function visibleTiles() {
    const size = levels[level]!;
    const by = 2 ** level;
    const grid = tileGrid(size.width, size.height, imageTileSize);
    const shown = { x: part!.x / by, y: part!.y / by, width: part!.width / by, height: part!.height / by };
    const found: {
      bitmap: ImageBitmap | null;
      box: { x: number; y: number; width: number; height: number };
    }[] = [];
    forTilesIn(grid, clipBox(shown, size.width, size.height)!, (index) => {
      const tile = tileBox(grid, index);
      const [x, y] = [tile.x * by, tile.y * by];
      // The last pixel of a level may stand for less than `by` pixels of the image.
      const box = {
        x,
        y,
        width: Math.min(width - x, tile.width * by),
        height: Math.min(height - y, tile.height * by),
      };
      found.push({ bitmap: size.tiles[index] ?? null, box });
    });
    return found;
  }

  function drawPart(bitmap: ImageBitmap, box: { x: number; y: number; width: number; height: number }): void {
    const [x, y] = [deviceX(drawing, box.x), deviceY(drawing, box.y)];
    context.drawImage(
      bitmap,
      x,
      y,
      deviceX(drawing, box.x + box.width) - x,
      deviceY(drawing, box.y + box.height) - y,
    );
  }
}
