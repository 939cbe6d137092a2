import { crc32 } from "node:zlib";

export interface ZipFile {
  /** Its path in the archive, with slashes. */
  name: string;
  content: Uint8Array | ZipContent;
}

/** A file that is too large for memory. What it is must be known before its first byte is written. */
export interface ZipContent {
  crc: number;
  /** In bytes. */
  length: number;
  read(): AsyncIterable<Uint8Array>;
}

/** More than these need the 64-bit records. */
const most16 = 0xffff;
const most32 = 0xffffffff;
const storedVersion = 20;
const zip64Version = 45;
/** Names are UTF-8. */
const flags = 0x0800;
/** 1 January 1980, the first day that there is: equal contents give equal archives. */
const noDate = 0x0021;
/** A regular file that its owner may write (Unix, high half of the attributes). */
const fileMode = 0o100644 * 0x10000;

/**
 * A ZIP archive in pieces, file after file as they come: stored, not compressed, for pictures that are compressed
 * already. Any number of files and any length of the whole (ZIP64); single files below 4 GiB.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16.
 */
export async function* zipArchive(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let at = 0;
  for await (const { name, content } of files) {
    const path = Buffer.from(name);
    const { crc, length, read } = content instanceof Uint8Array ? inMemory(content) : content;
    if (length >= most32) throw new RangeError(`${name} has 4 GiB or more.`);
    const facts = factsOf(path, crc, length);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    facts.copy(header, 4);
    directory.push(directoryEntry(facts, path, at));
    yield Buffer.concat([header, path]);
    yield* read();
    at += header.length + path.length + length;
  }
  yield* directory;
  const length = directory.reduce((sum, entry) => sum + entry.length, 0);
  yield closing({ count: directory.length, length, at });
}

function inMemory(content: Uint8Array): ZipContent {
  return {
    crc: crc32(content),
    length: content.length,
    async *read() {
      yield content;
    },
  };
}

/** What a file's header and its entry in the directory have in common, from the version to the name's length. */
function factsOf(path: Buffer, crc: number, length: number): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(storedVersion, 0);
  facts.writeUInt16LE(flags, 2);
  facts.writeUInt16LE(noDate, 8);
  facts.writeUInt32LE(crc, 10);
  facts.writeUInt32LE(length, 14);
  facts.writeUInt32LE(length, 18);
  facts.writeUInt16LE(path.length, 22);
  return facts;
}

function directoryEntry(facts: Buffer, path: Buffer, at: number): Buffer {
  const far = at >= most32;
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE((3 << 8) | zip64Version, 4);
  facts.copy(entry, 6);
  if (far) entry.writeUInt16LE(zip64Version, 6);
  entry.writeUInt16LE(far ? 12 : 0, 30);
  entry.writeUInt32LE(fileMode, 38);
  entry.writeUInt32LE(far ? most32 : at, 42);
  if (!far) return Buffer.concat([entry, path]);
  const place = Buffer.alloc(12);
  place.writeUInt16LE(1, 0);
  place.writeUInt16LE(8, 2);
  place.writeBigUInt64LE(BigInt(at), 4);
  return Buffer.concat([entry, path, place]);
}

/** The end of the directory, which says where it begins. */
function closing({ count, length, at }: { count: number; length: number; at: number }): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, most16), 8);
  end.writeUInt16LE(Math.min(count, most16), 10);
  end.writeUInt32LE(Math.min(length, most32), 12);
  end.writeUInt32LE(Math.min(at, most32), 16);
  if (count < most16 && length < most32 && at < most32) return end;
  const large = Buffer.alloc(76);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE((3 << 8) | zip64Version, 12);
  large.writeUInt16LE(zip64Version, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(length), 40);
  large.writeBigUInt64LE(BigInt(at), 48);
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(at + length), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}
