import type { MaskImage } from "../image";

/** Up to one change in so many pixels, changes are found row by row and sorted; busier masks go column by column. */
const calmMask = 24;

/** Run lengths down the columns of a mask that lies in rows, beginning with zeros (levels above 127 are ones). */
export function encodeRuns(mask: MaskImage): Int32Array {
  const changes = findChanges(mask);
  return changes ? sortChanges(mask, changes) : scanColumns(mask);
}

/** Changes put in order of their columns (counting sort; the rows are in order), then counted from one to the next. */
function sortChanges({ width, height }: MaskImage, { columns, rows, count }: Changes): Int32Array {
  const starts = new Int32Array(width + 1);
  for (let i = 0; i < count; i++) starts[columns[i]! + 1] = starts[columns[i]! + 1]! + 1;
  for (let x = 0; x < width; x++) starts[x + 1] = starts[x + 1]! + starts[x]!;
  const next = starts.slice();
  const sorted = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const x = columns[i]!;
    sorted[next[x]!] = rows[i]!;
    next[x] = next[x]! + 1;
  }
  const runs = new Int32Array(count + width + 1);
  let [n, last, value] = [0, 0, 0];
  for (let x = 0; x < width; x++) {
    // A column starts anew: row 0 is a change only if it differs from the foot of the column before.
    let i = starts[x]!;
    const to = starts[x + 1]!;
    const head = x * height;
    const first = i < to && sorted[i] === 0 ? 1 : 0;
    i += first;
    if (first !== value) {
      runs[n++] = head - last;
      last = head;
    }
    value = first ^ ((to - i) & 1);
    for (; i < to; i++) {
      const at = head + sorted[i]!;
      runs[n++] = at - last;
      last = at;
    }
  }
  runs[n++] = width * height - last;
  return runs.subarray(0, n);
}

/** Columns that are turned into rows at once, so that they stay in the cache; as many as a word has bits. */
const strip = 32;

/** Reads 32 columns at a time as bits, a column's pixels in words one after the other, and counts from change to change. */
function scanColumns({ width, height, data }: MaskImage): Int32Array {
  // At most a run a pixel; memory that is not written to is never asked of the system.
  const runs = new Int32Array(width * height + 1);
  const words = Math.ceil(height / 32);
  const bits = new Int32Array(strip * words);
  let [n, last, above] = [0, 0, 0];
  for (let left = 0; left < width; left += strip) {
    const columns = Math.min(strip, width - left);
    readBits(data, width, height, left, columns, bits);
    for (let x = 0; x < columns; x++) {
      const head = (left + x) * height;
      for (let k = 0; k < words; k++) {
        const word = bits[x * words + k]!;
        const rows = Math.min(32, height - 32 * k);
        let changes = word ^ ((word << 1) | above);
        if (rows < 32) changes &= (1 << rows) - 1;
        above = (word >>> (rows - 1)) & 1;
        for (; changes !== 0; changes &= changes - 1) {
          const at = head + 32 * k + 31 - Math.clz32(changes & -changes);
          runs[n++] = at - last;
          last = at;
        }
      }
    }
  }
  runs[n++] = width * height - last;
  return runs.subarray(0, n);
}

/** The top bit of each pixel of some columns: word k of column x holds rows 32 k and on, from the lowest bit up. */
function readBits(
  data: Uint8Array,
  width: number,
  height: number,
  left: number,
  columns: number,
  bits: Int32Array,
): void {
  const words = Math.ceil(height / 32);
  const block = new Int32Array(32);
  for (let k = 0; k < words; k++) {
    block.fill(0);
    const rows = Math.min(32, height - 32 * k);
    for (let y = 0; y < rows; y++) {
      const from = (32 * k + y) * width + left;
      let word = 0;
      for (let x = 0; x < columns; x++) word |= (data[from + x]! >> 7) << x;
      block[y] = word;
    }
    transposeBits(block);
    for (let x = 0; x < columns; x++) bits[x * words + k] = block[x]!;
  }
}

/** Turns a square of 32 × 32 bits about its diagonal: halves, then their halves (Warren, Hacker's Delight 7-3). */
function transposeBits(rows: Int32Array): void {
  for (let by = 16, mask = 0x0000ffff; by > 0; by >>= 1, mask ^= mask << by) {
    for (let y = 0; y < 32; y = (y + by + 1) & ~by) {
      const differ = ((rows[y]! >>> by) ^ rows[y + by]!) & mask;
      rows[y] = rows[y]! ^ (differ << by);
      rows[y + by] = rows[y + by]! ^ differ;
    }
  }
}

interface Changes {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  readonly count: number;
}

/**
 * Every pixel that differs (across 127) from the one above it, or is light in the first row, in scan order; where two
 * rows agree, sixteen pixels at a time are passed over. Null if there are many.
 */
function findChanges({ width, height, data }: MaskImage): Changes | null {
  const most = Math.ceil((width * height) / calmMask) + width;
  const columns = new Int32Array(most + width);
  const rows = new Int32Array(most + width);
  let count = 0;
  const compare = (x: number, end: number, row: number, y: number) => {
    for (; x < end; x++) {
      columns[count] = x;
      rows[count] = y;
      count += (data[row + x]! ^ (y > 0 ? data[row + x - width]! : 0)) >> 7;
    }
  };
  const words =
    width % 4 === 0 && data.byteOffset % 4 === 0
      ? new Int32Array(data.buffer, data.byteOffset, data.length >> 2)
      : null;
  const step = width >> 2;
  for (let y = 0; y < height; y++) {
    if (count > most) return null;
    const row = y * width;
    if (!words || y === 0) {
      compare(0, width, row, y);
      continue;
    }
    const end = (row >> 2) + step;
    let w = row >> 2;
    for (; w + 4 <= end; w += 4) {
      const v = w - step;
      const same =
        words[w] === words[v] &&
        words[w + 1] === words[v + 1] &&
        words[w + 2] === words[v + 2] &&
        words[w + 3] === words[v + 3];
      if (!same) compare(4 * w - row, 4 * w - row + 16, row, y);
    }
    compare(4 * w - row, width, row, y);
  }
  return { columns, rows, count };
}

/** Above so many pixels a run, the mask is drawn by rows; busier ones by columns, then turned. */
const longRun = 24;

/** The mask of run lengths that add up to its pixels: 255 for ones. */
export function decodeRuns(runs: Int32Array, width: number, height: number): Uint8Array {
  return width * height > longRun * runs.length
    ? drawRows(runs, width, height)
    : drawColumns(runs, width, height);
}

/** Keeps one row of the mask and flips in it what changes from row to row; rows are copied whole. */
function drawRows(runs: Int32Array, width: number, height: number): Uint8Array {
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

/** Bytes from one turned column to the next: an odd number of cache lines, lest all fall into one set of the cache. */
function turnedStride(height: number): number {
  return (Math.ceil(height / 64) | 1) * 64;
}

/** Marks in some columns at a time, as rows, where runs end; then turns them and flips the value at every mark. */
function drawColumns(runs: Int32Array, width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height);
  const stride = turnedStride(height);
  const marks = new Uint8Array(strip * stride);
  const values = new Uint8Array(strip);
  // The run in hand, and the row of this column in which the next begins.
  let run = 0;
  let end = runs[0] ?? height;
  for (let left = 0; left < width; left += strip) {
    const columns = Math.min(strip, width - left);
    marks.fill(0);
    for (let x = 0; x < columns; x++) {
      values[x] = run & 1 ? 255 : 0;
      for (const column = x * stride; end < height; ) {
        // Twice in one place, around an empty run, is not at all.
        marks[column + end] = marks[column + end]! ^ 255;
        end += ++run < runs.length ? runs[run]! : height;
      }
      end -= height;
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0, to = y * width + left, i = y; x < columns; x++, i += stride) {
        const value = values[x]! ^ marks[i]!;
        values[x] = value;
        data[to + x] = value;
      }
    }
  }
  return data;
}
