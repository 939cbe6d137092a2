import type { MaskImage, PixelBox } from "@/lib/domain/image";
import { joinBoxes, meetBoxes } from "./boxes";
import { createMaskLevels, drawnTileSize, halved, type MaskLevel } from "./mask-levels";
import { traceEdges } from "./outline-path";
import { forTilesIn, tileBox } from "./tile-grid";

/** What a mask looks like, tile by tile at each of its sizes; tiles are made when they are drawn. */
export interface MaskPicture {
  readonly levels: readonly MaskLevel[];
  /** The tile coloured, its alpha the mask's level; null where the mask is empty. */
  tile(level: number, index: number): HTMLCanvasElement | null;
  /** The mask's edge in the tile, in the level's pixels; null for none. */
  outline(level: number, index: number): Path2D | null;
  invalidate(boxes: readonly PixelBox[]): void;
  setColour(colour: string, levels: "soft" | "hard"): void;
}

interface DrawnTile {
  canvas: HTMLCanvasElement | null;
  /** What of the canvas is out of date, in the level's pixels. */
  stale: PixelBox | null;
  outline: Path2D | null;
  outlineStale: boolean;
}

/** Canvases kept: more than two screens of them. */
const mostTiles = 320;

export function createMaskPicture(mask: MaskImage): MaskPicture {
  const pyramid = createMaskLevels(mask);
  const { levels } = pyramid;
  /** By level and index; the order is that of use. */
  const tiles = new Map<number, DrawnTile>();
  const key = (level: number, index: number) => level * 0x100000 + index;
  let palette = makePalette("#ff3b30", "soft");
  let look = "";

  function drawn(level: number, index: number): DrawnTile {
    const name = key(level, index);
    let tile = tiles.get(name);
    if (tile) tiles.delete(name);
    else
      tile = { canvas: null, stale: tileBox(levels[level]!.grid, index), outline: null, outlineStale: true };
    tiles.set(name, tile);
    if (tiles.size > mostTiles) tiles.delete(tiles.keys().next().value!);
    return tile;
  }

  return {
    levels,
    tile(level, index) {
      const tile = drawn(level, index);
      if (tile.stale) {
        const { width, grid } = levels[level]!;
        const data = pyramid.read(level, tile.stale);
        const box = tileBox(grid, index);
        if (tile.canvas || !isEmpty(data, width, tile.stale)) {
          tile.canvas ??= Object.assign(document.createElement("canvas"), {
            width: box.width,
            height: box.height,
          });
          colourIn(tile.canvas, data, width, box, tile.stale, palette);
        }
        tile.stale = null;
      }
      return tile.canvas;
    },
    outline(level, index) {
      const tile = drawn(level, index);
      if (tile.outlineStale) {
        const { width, height, grid } = levels[level]!;
        const box = tileBox(grid, index);
        const data = pyramid.read(level, grown(box, width, height));
        let path: Path2D | null = null;
        traceEdges(data, width, height, box, (x0, y0, x1, y1) => {
          path ??= new Path2D();
          path.moveTo(x0, y0);
          path.lineTo(x1, y1);
        });
        tile.outline = path;
        tile.outlineStale = false;
      }
      return tile.outline;
    },
    invalidate(boxes) {
      for (const box of boxes) {
        pyramid.invalidate(box);
        let part = box;
        levels.forEach(({ grid, width, height }, level) => {
          if (level > 0) part = halved(part);
          forTilesIn(grid, grown(part, width, height), (index) => {
            const tile = tiles.get(key(level, index));
            if (!tile) return;
            tile.outlineStale = true;
            tile.stale = joinBoxes(tile.stale, meetBoxes(part, tileBox(grid, index)));
          });
        });
      }
    },
    setColour(colour, soft) {
      if (look === colour + soft) return;
      look = colour + soft;
      palette = makePalette(colour, soft);
      for (const [name, tile] of tiles) {
        const level = Math.floor(name / 0x100000);
        tile.stale = tileBox(levels[level]!.grid, name % 0x100000);
      }
    },
  };
}

/** A pixel more on each side: an edge depends on both its pixels. */
function grown(box: PixelBox, width: number, height: number): PixelBox {
  const x = Math.max(0, box.x - 1);
  const y = Math.max(0, box.y - 1);
  return {
    x,
    y,
    width: Math.min(width, box.x + box.width + 1) - x,
    height: Math.min(height, box.y + box.height + 1) - y,
  };
}

function isEmpty(data: Uint8Array, width: number, box: PixelBox): boolean {
  for (let y = box.y; y < box.y + box.height; y++) {
    const from = y * width + box.x;
    for (let at = from; at < from + box.width; at++) if (data[at] !== 0) return false;
  }
  return true;
}

/** The canvas pixel of each level 0..255, as little-endian RGBA. */
function makePalette(colour: string, levels: "soft" | "hard"): Uint32Array {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) || 0);
  return Uint32Array.from({ length: 256 }, (_, level) => {
    const alpha = levels === "soft" ? level : level > 127 ? 255 : 0;
    return ((alpha << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
  });
}

let shared: { image: ImageData; pixels: Uint32Array } | null = null;

function colourIn(
  canvas: HTMLCanvasElement,
  data: Uint8Array,
  width: number,
  tile: PixelBox,
  part: PixelBox,
  palette: Uint32Array,
): void {
  if (!shared) {
    const image = new ImageData(drawnTileSize, drawnTileSize);
    shared = { image, pixels: new Uint32Array(image.data.buffer) };
  }
  const { image, pixels } = shared;
  const [left, top] = [part.x - tile.x, part.y - tile.y];
  for (let y = 0; y < part.height; y++) {
    let from = (part.y + y) * width + part.x;
    let to = (top + y) * drawnTileSize + left;
    for (const end = to + part.width; to < end; to++, from++) pixels[to] = palette[data[from]!]!;
  }
  canvas.getContext("2d")!.putImageData(image, 0, 0, left, top, part.width, part.height);
}
