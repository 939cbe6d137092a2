/** Sets of rows as bits: 32 rows a word, the first row in the lowest bit. */
export function bitWords(rows: number): number {
  return (rows + 31) >>> 5;
}

/** A set of all rows. */
export function allBits(rows: number): Uint32Array {
  const bits = new Uint32Array(bitWords(rows)).fill(0xffffffff);
  if (rows & 31) bits[bits.length - 1] = (1 << (rows & 31)) - 1;
  return bits;
}

/** Number of bits set in a word. */
export function countBits(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Number of rows in the set. */
export function size(bits: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < bits.length; i++) sum += countBits(bits[i]!);
  return sum;
}

/** Number of rows in both sets. */
export function sizeOfBoth(a: Uint32Array, b: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += countBits(a[i]! & b[i]!);
  return sum;
}
