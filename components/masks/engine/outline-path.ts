import type { PixelBox } from "@/lib/domain/image";

/**
 * The edges between pixels inside (level 128 and above) and outside, as straight runs. A box owns the edges at the left
 * and top of its pixels, and at the image's border also those at the right and bottom.
 * @param line called with the ends of each run, in pixels
 */
export function traceEdges(
  data: Uint8Array,
  width: number,
  height: number,
  box: PixelBox,
  line: (x0: number, y0: number, x1: number, y1: number) => void,
): void {
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! > 127;
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const lastRow = bottom === height ? bottom : bottom - 1;
  const lastColumn = right === width ? right : right - 1;
  /** Where the run of vertical edges at a column began; -1 for none. */
  const began = new Int32Array(box.width + 1).fill(-1);
  for (let y = box.y; y <= lastRow; y++) {
    let start = -1;
    const row = y * width;
    const aboveRow = row - width;
    for (let x = box.x; x < right; x++) {
      const here = y < height && data[row + x]! > 127;
      const above = y > 0 && data[aboveRow + x]! > 127;
      if (here !== above) {
        if (start < 0) start = x;
      } else if (start >= 0) {
        line(start, y, x, y);
        start = -1;
      }
    }
    if (start >= 0) line(start, y, right, y);
    if (y === bottom) break;
    let left = inside(box.x - 1, y);
    for (let x = box.x; x <= lastColumn; x++) {
      const here = x < width && data[row + x]! > 127;
      const from = began[x - box.x]!;
      if (here !== left) {
        if (from < 0) began[x - box.x] = y;
      } else if (from >= 0) {
        line(x, from, x, y);
        began[x - box.x] = -1;
      }
      left = here;
    }
  }
  began.forEach((from, column) => {
    if (from >= 0) line(box.x + column, from, box.x + column, bottom);
  });
}
