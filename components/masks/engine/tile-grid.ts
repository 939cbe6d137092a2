import type { PixelBox } from "@/lib/domain/image";

/** Squares that an image is divided in; those at the right and bottom edge are cut. */
export interface TileGrid {
  readonly width: number;
  readonly height: number;
  readonly tileSize: number;
  readonly columns: number;
  readonly rows: number;
}

export function tileGrid(width: number, height: number, tileSize: number): TileGrid {
  return {
    width,
    height,
    tileSize,
    columns: Math.ceil(width / tileSize),
    rows: Math.ceil(height / tileSize),
  };
}

export function tileBox({ width, height, tileSize, columns }: TileGrid, index: number): PixelBox {
  const x = (index % columns) * tileSize;
  const y = Math.floor(index / columns) * tileSize;
  return { x, y, width: Math.min(tileSize, width - x), height: Math.min(tileSize, height - y) };
}

/** Calls `visit` with the index of every tile that a box (inside the image) touches, row by row. */
export function forTilesIn(grid: TileGrid, box: PixelBox, visit: (index: number) => void): void {
  const { tileSize, columns, rows } = grid;
  const right = Math.min(columns - 1, Math.floor((box.x + box.width - 1) / tileSize));
  const bottom = Math.min(rows - 1, Math.floor((box.y + box.height - 1) / tileSize));
  for (let row = Math.max(0, Math.floor(box.y / tileSize)); row <= bottom; row++) {
    for (let column = Math.max(0, Math.floor(box.x / tileSize)); column <= right; column++) {
      visit(row * columns + column);
    }
  }
}
