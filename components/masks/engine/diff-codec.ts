import type { PixelBox } from "@/lib/domain/image";

/**
 * Differences of a tile: the exclusive-or of its bytes before and after, row by row without padding, as runs. A run is
 * two bytes, little-endian: the upper two bits say what, the lower 14 how many less one.
 * Exclusive-or is its own inverse, so that one record serves undo and redo, and a stroke of a hard brush is runs of 255.
 */
const SAME = 0;
const FLIPPED = 1;
const REPEATED = 2;
const LITERAL = 3;
/** Shorter repetitions cost more as a run of their own than among literals. */
const shortestRun = 4;
/** What a run's 14 bits can count: a tile has at most so many pixels. */
export const mostPixels = 1 << 14;

// Literals are the worst case: a header for every few bytes is never more than half of them again.
const buffer = new Uint8Array(mostPixels * 2);

/** Packs the first `length` bytes of exclusive-or; null if they are all 0. */
export function packDifference(difference: Uint8Array, length: number): Uint8Array | null {
  let to = 0;
  let literalStart = 0;
  let lastChange = 0;
  const header = (kind: number, count: number) => {
    const word = (kind << 14) | (count - 1);
    buffer[to++] = word & 255;
    buffer[to++] = word >> 8;
  };
  const flushLiterals = (end: number) => {
    if (end === literalStart) return;
    header(LITERAL, end - literalStart);
    buffer.set(difference.subarray(literalStart, end), to);
    to += end - literalStart;
  };
  for (let at = 0; at < length; ) {
    const value = difference[at]!;
    let end = at + 1;
    while (end < length && difference[end] === value) end++;
    if (end - at >= shortestRun) {
      flushLiterals(at);
      literalStart = end;
      if (value === 0) {
        if (end < length) header(SAME, end - at);
      } else {
        header(value === 255 ? FLIPPED : REPEATED, end - at);
        if (value !== 255) buffer[to++] = value;
      }
    }
    if (value !== 0) lastChange = end;
    at = end;
  }
  flushLiterals(length);
  return lastChange === 0 ? null : buffer.slice(0, to);
}

/** Applies packed differences to the tile `box` of an image `width` pixels wide; a second time takes them back. */
export function applyDifference(packed: Uint8Array, data: Uint8Array, width: number, box: PixelBox): void {
  let from = 0;
  let at = 0;
  const origin = box.y * width + box.x;
  while (from < packed.length) {
    const word = packed[from]! | (packed[from + 1]! << 8);
    from += 2;
    const kind = word >> 14;
    const end = at + (word & 0x3fff) + 1;
    if (kind === SAME) {
      at = end;
      continue;
    }
    const value = kind === REPEATED ? packed[from++]! : 255;
    while (at < end) {
      const row = Math.floor(at / box.width);
      const column = at - row * box.width;
      const stop = Math.min(end, (row + 1) * box.width);
      let target = origin + row * width + column;
      if (kind === LITERAL) for (; at < stop; at++, target++) data[target]! ^= packed[from++]!;
      else for (; at < stop; at++, target++) data[target]! ^= value;
    }
  }
}
