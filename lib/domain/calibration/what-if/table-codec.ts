/** Named columns of numbers beside a few facts, as one block of bytes: what the browser gets in one response. */
export interface Columns {
  readonly facts: unknown;
  readonly arrays: Readonly<Record<string, ColumnArray>>;
}
type ColumnArray = Uint8Array | Uint16Array | Float32Array;

const kinds = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array } as const;
type Kind = keyof typeof kinds;
const magic = 0x31544e50; // "PNT1"

/** Layout: magic, header length, header (JSON), then each array at a multiple of 8 bytes, little-endian. */
export function encodeColumns({ facts, arrays }: Columns): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(arrays).map(([name, array]) => ({
    name,
    kind: kindOf(array),
    length: array.length,
  }));
  const header = new TextEncoder().encode(JSON.stringify({ facts, arrays: entries }));
  let end = aligned(8 + header.length);
  for (const array of Object.values(arrays)) end = aligned(end + array.byteLength);
  const bytes = new Uint8Array(end);
  new DataView(bytes.buffer).setUint32(0, magic, true);
  new DataView(bytes.buffer).setUint32(4, header.length, true);
  bytes.set(header, 8);
  let at = aligned(8 + header.length);
  for (const array of Object.values(arrays)) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = aligned(at + array.byteLength);
  }
  return bytes;
}

/** The arrays are views on `bytes`, nothing is copied. */
export function decodeColumns(bytes: ArrayBuffer): Columns {
  const view = new DataView(bytes);
  if (bytes.byteLength < 8 || view.getUint32(0, true) !== magic) {
    throw new Error("The studio answered with something else than a table of scores.");
  }
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length))) as {
    facts: unknown;
    arrays: { name: string; kind: Kind; length: number }[];
  };
  let at = aligned(8 + length);
  const arrays: Record<string, ColumnArray> = {};
  for (const { name, kind, length } of header.arrays) {
    arrays[name] = new kinds[kind](bytes, at, length);
    at = aligned(at + length * kinds[kind].BYTES_PER_ELEMENT);
  }
  return { facts: header.facts, arrays };
}

function kindOf(array: ColumnArray): Kind {
  if (array instanceof Uint16Array) return "u16";
  return array instanceof Float32Array ? "f32" : "u8";
}

function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
