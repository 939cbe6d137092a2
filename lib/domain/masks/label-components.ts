/** Connected pieces as runs of pixels along rows. */
export interface Components {
  /** Number of pieces. */
  readonly count: number;
  /** Pixels of each piece. */
  readonly areas: Float64Array;
  /** Whether each piece has a pixel on the image's border. */
  readonly atBorder: Uint8Array;
  /** Calls back for every run: first pixel index, one past the last, piece (numbered in scan order). */
  forEachRun(visit: (from: number, to: number, piece: number) => void): void;
}

/**
 * The connected pieces of the pixels on one side of 127, linear in pixels: runs joined row by row in a union-find
 * forest (Rosenfeld & Pfaltz 1966, on runs).
 * @param light the pixels above 127, or the others
 * @param connectivity 8 joins pieces at corners, 4 only along edges
 */
export function labelComponents(
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: Uint8Array },
  light: boolean,
  connectivity: 4 | 8,
): Components {
  const runs = findRuns(data, width, height, light);
  const { starts, ends, count } = runs;
  const parent = new Int32Array(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  const find = (run: number) => {
    let root = run;
    while (parent[root]! !== root) root = parent[root]!;
    // Later look-ups take the short way.
    for (let at = run; parent[at]! !== root; ) {
      const next = parent[at]!;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  // Shifted down one row, an upper run [a, b) touches [s, e) if a < e + slack and s < b + slack.
  const slack = connectivity === 8 ? 1 : 0;
  for (let y = 1; y < height; y++) {
    let upper = runs.rows[y - 1]!;
    const upperEnd = runs.rows[y]!;
    for (let run = upperEnd; run < runs.rows[y + 1]!; run++) {
      const [s, e] = [starts[run]! - width, ends[run]! - width];
      while (upper < upperEnd && ends[upper]! + slack <= s) upper++;
      for (let other = upper; other < upperEnd && starts[other]! < e + slack; other++) {
        const [a, b] = [find(run), find(other)];
        if (a < b) parent[b] = a;
        else parent[a] = b;
      }
    }
  }
  return summarise(runs, find, width, height);
}

interface Runs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly count: number;
  /** Index of each row's first run; one entry more than rows. */
  readonly rows: Int32Array;
}

function findRuns(data: Uint8Array, width: number, height: number, light: boolean): Runs {
  let starts = new Int32Array(1024);
  let ends = new Int32Array(1024);
  const rows = new Int32Array(height + 1);
  let count = 0;
  for (let y = 0; y < height; y++) {
    rows[y] = count;
    const end = (y + 1) * width;
    for (let i = y * width; i < end; i++) {
      if (data[i]! > 127 !== light) continue;
      if (count === starts.length) {
        starts = enlarge(starts);
        ends = enlarge(ends);
      }
      starts[count] = i;
      do i++;
      while (i < end && data[i]! > 127 === light);
      ends[count++] = i;
    }
  }
  rows[height] = count;
  return { starts, ends, count, rows };
}

function enlarge(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

function summarise(
  { starts, ends, count: runCount }: Runs,
  find: (run: number) => number,
  width: number,
  height: number,
): Components {
  const pieceOf = new Int32Array(runCount);
  let count = 0;
  // A root is the first run of its piece, so it is numbered before the others.
  for (let run = 0; run < runCount; run++) {
    const root = find(run);
    pieceOf[run] = root === run ? count++ : pieceOf[root]!;
  }
  const areas = new Float64Array(count);
  const atBorder = new Uint8Array(count);
  const lastRow = (height - 1) * width;
  for (let run = 0; run < runCount; run++) {
    const [from, to, piece] = [starts[run]!, ends[run]!, pieceOf[run]!];
    areas[piece] = areas[piece]! + to - from;
    if (from < width || from >= lastRow || from % width === 0 || to % width === 0) atBorder[piece] = 1;
  }
  return {
    count,
    areas,
    atBorder,
    forEachRun(visit) {
      for (let run = 0; run < runCount; run++) visit(starts[run]!, ends[run]!, pieceOf[run]!);
    },
  };
}
