import { crc32 } from "node:zlib";
import { expect, it } from "vitest";
import { type ZipFile, zipArchive } from "@/lib/export/zip-archive";

async function archive(files: Iterable<ZipFile>): Promise<Buffer> {
  async function* each() {
    yield* files;
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of zipArchive(each())) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** `expect` would take seconds for all entries of a large archive. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Reads an archive the way that unpackers do: from its end, by the directory. */
function unpack(bytes: Buffer): Map<string, Buffer> {
  const mustBegin = (at: number, record: number) =>
    must(bytes.readUInt32LE(at) === record, `No ${record.toString(16)} at ${at}.`);
  const end = bytes.length - 22;
  mustBegin(end, 0x06054b50);
  let [count, at] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16)];
  if (count === 0xffff) {
    mustBegin(end - 20, 0x07064b50);
    const large = Number(bytes.readBigUInt64LE(end - 12));
    mustBegin(large, 0x06064b50);
    count = Number(bytes.readBigUInt64LE(large + 32));
    at = Number(bytes.readBigUInt64LE(large + 48));
  }
  const files = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    mustBegin(at, 0x02014b50);
    const name = bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const [crc, length, local] = [at + 16, at + 24, at + 42].map((place) => bytes.readUInt32LE(place));
    mustBegin(local!, 0x04034b50);
    const from = local! + 30 + bytes.readUInt16LE(local! + 26);
    const content = bytes.subarray(from, from + length!);
    must(crc32(content) === crc, `The sum of ${name} is wrong.`);
    files.set(name, content);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30);
  }
  return files;
}

it("holds every file under its name, in UTF-8, and is the same for the same files", async () => {
  const files = [
    { name: "night/car 1.png", content: Buffer.from([1, 2, 3]) },
    { name: "Über.png", content: Buffer.from("x".repeat(5000)) },
    { name: "empty.png", content: Buffer.alloc(0) },
  ];
  const bytes = await archive(files);
  const unpacked = unpack(bytes);
  expect([...unpacked.keys()]).toEqual(files.map(({ name }) => name));
  for (const { name, content } of files) expect(unpacked.get(name)!.equals(content)).toBe(true);
  expect((await archive(files)).equals(bytes)).toBe(true);
  expect(unpack(await archive([])).size).toBe(0);
});

it("holds more files than 16 bits count", async () => {
  const files = Array.from({ length: 70_000 }, (_, i) => ({
    name: `${i}.png`,
    content: new Uint8Array([i & 255]),
  }));
  const bytes = await archive(files);
  const unpacked = unpack(bytes);
  expect(unpacked.size).toBe(70_000);
  expect(unpacked.get("69999.png")![0]).toBe(69_999 & 255);
});

it("takes a file in pieces, and writes the same bytes as for one in memory", async () => {
  const content = Buffer.from("a file that is read piece by piece");
  const pieces: ZipFile = {
    name: "a/b.txt",
    content: {
      crc: crc32(content),
      length: content.length,
      async *read() {
        for (let at = 0; at < content.length; at += 5) yield content.subarray(at, at + 5);
      },
    },
  };
  expect(await archive([pieces])).toEqual(await archive([{ name: "a/b.txt", content }]));
});
