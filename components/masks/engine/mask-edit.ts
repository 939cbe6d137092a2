import type { PixelBox } from "@/lib/domain/image";
import { clipBox, joinBoxes } from "./boxes";
import { applyDifference, packDifference } from "./diff-codec";
import { forTilesIn, type TileGrid, tileBox, tileGrid } from "./tile-grid";

/** Pixels of a tile's side: its 128² bytes are what a history run can count. */
const tileSize = 128;

/** A finished change of a mask: what differs, by tile. */
export interface MaskStep {
  readonly label: string;
  /** Every changed pixel lies in it. */
  readonly dirty: PixelBox;
  readonly tiles: ReadonlyMap<number, Uint8Array>;
  /** Memory it holds. */
  readonly bytes: number;
}

/** A change in the making: its cost follows the tiles it touches, not the image and not what was done before. */
export interface MaskEdit {
  /** To be called before bytes in the box (clipped to the image) are written. */
  touch(box: PixelBox): void;
  /** Puts every byte back; the edit goes on. Returns the boxes that may have changed. */
  rollback(): PixelBox[];
  /** What has changed since the beginning; null if nothing. */
  finish(label: string): MaskStep | null;
}

/** Begins a change of `data`, an image of `width` × `height` bytes. */
export function beginMaskEdit(data: Uint8Array, width: number, height: number): MaskEdit {
  const grid = maskGrid(width, height);
  const before = new Map<number, Uint8Array>();
  let dirty: PixelBox | null = null;
  return {
    touch(box) {
      const inside = clipBox(box, width, height);
      if (!inside) return;
      dirty = joinBoxes(dirty, inside);
      forTilesIn(grid, inside, (index) => {
        if (!before.has(index)) before.set(index, copyTile(data, width, tileBox(grid, index)));
      });
    },
    rollback() {
      const boxes = [...before.keys()].map((index) => tileBox(grid, index));
      for (const [index, bytes] of before) putTile(bytes, data, width, tileBox(grid, index));
      before.clear();
      dirty = null;
      return boxes;
    },
    finish(label) {
      const tiles = new Map<number, Uint8Array>();
      let bytes = 0;
      for (const [index, old] of before) {
        const box = tileBox(grid, index);
        differ(old, data, width, box);
        const packed = packDifference(old, box.width * box.height);
        if (packed) tiles.set(index, packed);
        bytes += packed ? packed.length + tileOverhead : 0;
      }
      before.clear();
      return dirty && tiles.size > 0 ? { label, dirty, tiles, bytes } : null;
    },
  };
}

/** About what a map entry and an array cost beside their content. */
const tileOverhead = 120;

/** Applies a step, or takes it back: the same operation. Returns the tiles' boxes. */
export function toggleStep(step: MaskStep, data: Uint8Array, width: number, height: number): PixelBox[] {
  const grid = maskGrid(width, height);
  return [...step.tiles].map(([index, packed]) => {
    const box = tileBox(grid, index);
    applyDifference(packed, data, width, box);
    return box;
  });
}

const maskGrid = (width: number, height: number): TileGrid => tileGrid(width, height, tileSize);

function copyTile(data: Uint8Array, width: number, box: PixelBox): Uint8Array {
  const copy = new Uint8Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const from = (box.y + row) * width + box.x;
    copy.set(data.subarray(from, from + box.width), row * box.width);
  }
  return copy;
}

function putTile(bytes: Uint8Array, data: Uint8Array, width: number, box: PixelBox): void {
  for (let row = 0; row < box.height; row++) {
    data.set(bytes.subarray(row * box.width, (row + 1) * box.width), (box.y + row) * width + box.x);
  }
}

/** `tile` becomes its exclusive-or with the image's bytes. */
function differ(tile: Uint8Array, data: Uint8Array, width: number, box: PixelBox): void {
  for (let row = 0, at = 0; row < box.height; row++) {
    let from = (box.y + row) * width + box.x;
    for (const end = at + box.width; at < end; at++, from++) tile[at]! ^= data[from]!;
  }
}
