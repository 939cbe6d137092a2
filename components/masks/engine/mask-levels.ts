import type { MaskImage, PixelBox } from "@/lib/domain/image";
import { joinBoxes } from "./boxes";
import { forTilesIn, type TileGrid, tileBox, tileGrid } from "./tile-grid";

/** Pixels of a drawn tile's side. */
export const drawnTileSize = 256;

/** One halving of a mask; level 0 is the mask itself. */
export interface MaskLevel {
  readonly width: number;
  readonly height: number;
  readonly grid: TileGrid;
}

/**
 * A mask at its size and at every halving of it, so that drawing costs by the screen's pixels, not the image's. Each
 * pixel is the mean of the four above it. Halvings are made when they are looked at, and only where bytes changed.
 */
export interface MaskLevels {
  readonly levels: readonly MaskLevel[];
  /** The bytes of a level, up to date inside the box. */
  read(level: number, box: PixelBox): Uint8Array;
  /** Known to be all 0: nothing has changed since it was made so. */
  readonly blank: boolean;
  /** The mask's bytes have changed in the box. */
  invalidate(box: PixelBox): void;
}

interface Half extends MaskLevel {
  data: Uint8Array | null;
  /** By tile: what is out of date. */
  stale: (PixelBox | null)[];
}

/** @param within where alone the mask may be other than 0, null if nowhere: elsewhere its halvings are not made */
export function createMaskLevels(
  mask: MaskImage,
  within: PixelBox | null = { x: 0, y: 0, width: mask.width, height: mask.height },
): MaskLevels {
  let untouched = true;
  const levels: Half[] = [];
  for (let { width, height } = mask; ; width = Math.ceil(width / 2), height = Math.ceil(height / 2)) {
    const grid = tileGrid(width, height, drawnTileSize);
    levels.push({ width, height, grid, data: null, stale: new Array(grid.columns * grid.rows).fill(null) });
    if (Math.max(width, height) <= drawnTileSize) break;
  }

  function read(index: number, box: PixelBox): Uint8Array {
    const level = levels[index]!;
    if (index === 0) return mask.data;
    level.data ??= new Uint8Array(level.width * level.height);
    forTilesIn(level.grid, box, (tile) => {
      const stale = level.stale[tile];
      if (!stale) return;
      level.stale[tile] = null;
      const finer = levels[index - 1]!;
      halve(read(index - 1, doubled(stale, finer)), finer, level.data!, level.width, stale);
    });
    return level.data;
  }

  function invalidate(box: PixelBox): void {
    untouched = false;
    for (let index = 1, part = halved(box); index < levels.length; index++, part = halved(part)) {
      const { grid, stale } = levels[index]!;
      forTilesIn(grid, part, (tile) => {
        stale[tile] = joinBoxes(stale[tile]!, meet(part, tileBox(grid, tile)));
      });
    }
  }

  if (within) invalidate(within);
  return {
    levels,
    read,
    get blank() {
      return untouched;
    },
    invalidate,
  };
}

/** The pixels of the next level that a box has a part in. */
export function halved(box: PixelBox): PixelBox {
  const x = box.x >> 1;
  const y = box.y >> 1;
  return {
    x,
    y,
    width: ((box.x + box.width + 1) >> 1) - x,
    height: ((box.y + box.height + 1) >> 1) - y,
  };
}

function doubled(box: PixelBox, size: { width: number; height: number }): PixelBox {
  const [x, y] = [box.x * 2, box.y * 2];
  return {
    x,
    y,
    width: Math.min(size.width, x + box.width * 2) - x,
    height: Math.min(size.height, y + box.height * 2) - y,
  };
}

function meet(a: PixelBox, b: PixelBox): PixelBox {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.min(a.x + a.width, b.x + b.width) - x,
    height: Math.min(a.y + a.height, b.y + b.height) - y,
  };
}

function halve(
  from: Uint8Array,
  size: { width: number; height: number },
  to: Uint8Array,
  toWidth: number,
  box: PixelBox,
): void {
  const { width, height } = size;
  // An odd last column or row stands for itself.
  const inner = Math.min(box.x + box.width, width >> 1);
  for (let y = box.y; y < box.y + box.height; y++) {
    const upper = 2 * y * width;
    const lower = 2 * y + 1 < height ? upper + width : upper;
    let at = y * toWidth + box.x;
    let column = 2 * box.x;
    for (let x = box.x; x < inner; x++, at++, column += 2) {
      const sum =
        from[upper + column]! + from[upper + column + 1]! + from[lower + column]! + from[lower + column + 1]!;
      to[at] = (sum + 2) >> 2;
    }
    if (inner < box.x + box.width) to[at] = (from[upper + width - 1]! + from[lower + width - 1]! + 1) >> 1;
  }
}
