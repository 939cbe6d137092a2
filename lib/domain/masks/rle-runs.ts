import type { MaskImage } from "../image";

/**
 * Run lengths down the columns of a mask that lies in rows, beginning with zeros (levels above 127 are ones). Where
 * two rows agree nothing is done, four pixels at a time; the places where a column changes are then put in order.
 */
export function encodeRuns({ width, height, data }: MaskImage): Uint32Array {
  const changes = findChanges(data, width, height);
  const { columns, rows, count } = changes;
  // Counting sort by column; within a column the rows are in order already.
  const starts = new Uint32Array(width + 1);
  for (let i = 0; i < count; i++) starts[columns[i]! + 1] = starts[columns[i]! + 1]! + 1;
  for (let x = 0; x < width; x++) starts[x + 1] = starts[x + 1]! + starts[x]!;
  const next = starts.slice();
  const sorted = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const x = columns[i]!;
    sorted[next[x]!] = rows[i]!;
    next[x] = next[x]! + 1;
  }
  const runs = new Uint32Array(count + width + 1);
  let [n, last, value] = [0, 0, 0];
  for (let x = 0; x < width; x++) {
    // A column starts anew: row 0 is a change only if it differs from the foot of the column before.
    let current = 0;
    const from = starts[x]!;
    const to = starts[x + 1]!;
    let i = from;
    if (i < to && sorted[i] === 0) {
      current = 1;
      i++;
    }
    if (current !== value) {
      const at = x * height;
      runs[n++] = at - last;
      last = at;
      value = current;
    }
    for (; i < to; i++) {
      const at = x * height + sorted[i]!;
      runs[n++] = at - last;
      last = at;
      value ^= 1;
    }
  }
  runs[n++] = width * height - last;
  return runs.slice(0, n);
}

/** Every pixel that differs (across 127) from the one above it, or is light in the first row: in scan order. */
function findChanges(data: Uint8Array, width: number, height: number) {
  let columns = new Int32Array(4096);
  let rows = new Int32Array(4096);
  let count = 0;
  const words =
    width % 4 === 0 && data.byteOffset % 4 === 0
      ? new Int32Array(data.buffer, data.byteOffset, data.length >> 2)
      : null;
  const blank = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    if (count + width > columns.length) {
      columns = enlarged(columns, count + width);
      rows = enlarged(rows, count + width);
    }
    const row = y * width;
    if (words && y > 0) {
      const [from, step] = [row >> 2, width >> 2];
      for (let w = from; w < from + step; w++) {
        if (words[w] === words[w - step]) continue;
        const i = 4 * w;
        const x = i - row;
        for (let k = 0; k < 4; k++) {
          columns[count] = x + k;
          rows[count] = y;
          // Always written, counted only on a change: no branch to mispredict on busy masks.
          count += (data[i + k]! ^ data[i + k - width]!) >> 7;
        }
      }
    } else {
      const [above, shift] = y > 0 ? [data, row - width] : [blank, 0];
      for (let x = 0; x < width; x++) {
        columns[count] = x;
        rows[count] = y;
        count += (data[row + x]! ^ above[shift + x]!) >> 7;
      }
    }
  }
  return { columns, rows, count };
}

function enlarged(array: Int32Array<ArrayBuffer>, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * array.length, needed));
  larger.set(array);
  return larger;
}

/** Above so many pixels a run, the mask is drawn by rows; busier ones by columns, then turned. */
const longRun = 24;

/** The mask of run lengths that add up to its pixels: 255 for ones. */
export function decodeRuns(runs: ArrayLike<number>, width: number, height: number): Uint8Array {
  return width * height > longRun * runs.length
    ? drawRows(runs, width, height)
    : drawColumns(runs, width, height);
}

/** Keeps one row of the mask and flips in it what changes from row to row; rows are copied whole. */
function drawRows(runs: ArrayLike<number>, width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height);
  const starts = new Uint32Array(height + 1);
  const count = eachFlip(runs, height, (_, y) => {
    starts[y + 1] = starts[y + 1]! + 1;
  });
  for (let y = 0; y < height; y++) starts[y + 1] = starts[y + 1]! + starts[y]!;
  const next = starts.slice();
  const columns = new Uint32Array(count);
  eachFlip(runs, height, (x, y) => {
    columns[next[y]!] = x;
    next[y] = next[y]! + 1;
  });
  const row = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    for (let i = starts[y]!; i < starts[y + 1]!; i++) row[columns[i]!] = row[columns[i]!]! ^ 255;
    data.set(row, y * width);
  }
  return data;
}

/**
 * Calls back at every place where a column's value differs from that above it (from 0 above the first row); twice,
 * which cancels, where runs of ones meet. Returns how often.
 */
function eachFlip(runs: ArrayLike<number>, height: number, flip: (x: number, y: number) => void): number {
  let [x, y, count] = [0, 0, 0];
  for (let i = 0; i < runs.length; i++) {
    const ones = (i & 1) === 1;
    if (ones && runs[i]! > 0) {
      flip(x, y);
      count++;
    }
    y += runs[i]!;
    while (y >= height) {
      y -= height;
      x++;
      if (ones && y > 0) {
        flip(x, 0);
        count++;
      }
    }
    if (ones && y > 0 && runs[i]! > 0) {
      flip(x, y);
      count++;
    }
  }
  return count;
}

function drawColumns(runs: ArrayLike<number>, width: number, height: number): Uint8Array {
  const columns = new Uint8Array(width * height);
  let at = 0;
  for (let i = 0; i < runs.length; i++) {
    const end = at + runs[i]!;
    if (i & 1) {
      if (end - at < 16) for (; at < end; at++) columns[at] = 255;
      else columns.fill(255, at, end);
    }
    at = end;
  }
  return transposed(columns, height, width);
}

/** Turns rows of `width` into columns, in squares that stay in the cache. */
function transposed(source: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(source.length);
  const side = 32;
  for (let top = 0; top < height; top += side) {
    const bottom = Math.min(height, top + side);
    for (let left = 0; left < width; left += side) {
      const right = Math.min(width, left + side);
      for (let x = left; x < right; x++) {
        for (let y = top, to = x * height + top; y < bottom; y++, to++) out[to] = source[y * width + x]!;
      }
    }
  }
  return out;
}
