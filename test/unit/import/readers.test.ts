import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportEntry, ImportItem } from "@/lib/server/import/import-types";
import { openImport } from "@/lib/server/import/open-import";
import { type CsvRecord, parseCsv } from "@/lib/server/import/parse-csv";
import { readLines } from "@/lib/server/import/read-lines";
import { resolveInside } from "@/lib/server/import/resolve-inside";
import { streamJsonArrays } from "@/lib/server/import/stream-json-arrays";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pentimento-readers-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const read = async (path: string, images?: string) => all((await openImport(path, images)).reader);
const itemsOf = (entries: ImportEntry[]): ImportItem[] =>
  entries.flatMap((entry) => (entry.kind === "item" ? [entry.item] : []));
const reasonsOf = (entries: ImportEntry[]): string[] =>
  entries.flatMap((entry) =>
    entry.kind === "refused" ? [`${entry.refusal.subject}: ${entry.refusal.reason}`] : [],
  );

/** The same bytes in pieces of every size, so that state carries over every boundary. */
async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("CSV", () => {
  const rows = (records: CsvRecord[]) =>
    records.map((record) => ("fields" in record ? record.fields : record.problem));

  it.each([1, 2, 3, 7, 1000])("follows RFC 4180 in pieces of %i bytes", async (size) => {
    const text =
      '\uFEFFpath,caption\r\na.jpg,"one, ""two""\r\nthree"\r\n\r\nb.jpg,naïve 犬\n"c.jpg",""\r\nd.jpg,x"y"z';
    const records = await all(parseCsv(pieces(text, size)));
    expect(rows(records)).toEqual([
      ["path", "caption"],
      ["a.jpg", 'one, "two"\r\nthree'],
      ["b.jpg", "naïve 犬"],
      ["c.jpg", ""],
      ["d.jpg", 'x"y"z'],
    ]);
    expect(records.map((record) => record.line)).toEqual([1, 2, 5, 6, 7]);
  });

  it("reads old Mac line ends and keeps trailing empty fields", async () => {
    expect(rows(await all(parseCsv(pieces("a,b\r1,\r,2\r", 2))))).toEqual([
      ["a", "b"],
      ["1", ""],
      ["", "2"],
    ]);
  });

  it("reports a quote that never closes and a record without end", async () => {
    expect(rows(await all(parseCsv(pieces('a,b\n1,"open\n2,3\n', 5)))).at(-1)).toContain("never closed");
    const huge = `a,b\n1,"${"x".repeat(3 << 20)}"\n2,fine\n`;
    const records = rows(await all(parseCsv(pieces(huge, 65_536))));
    expect(records[1]).toContain("longer than 1 MiB");
    expect(records[2]).toEqual(["2", "fine"]);
  });

  it("gives items, refuses bad rows by line and goes on", async () => {
    const path = await file(
      "list.csv",
      [
        "File_Name,Caption,License,Author,Extra",
        "a.jpg,A dog on a beach,CC BY 4.0,Ann,7",
        "b.jpg,too,many,fields,here,indeed",
        "../secret.jpg,A secret place to be,,,",
        "https://example.org/c.jpg,A cat in a hat,,,",
        ",no image named here,,,",
        "ftp://example.org/d.jpg,A bird in a tree,,,",
      ].join("\r\n"),
    );
    const entries = await read(path);
    const items = itemsOf(entries);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      subject: "a.jpg (list.csv line 2)",
      image: { kind: "path", path: join(folder, "a.jpg") },
      caption: "A dog on a beach",
      licence: "CC BY 4.0",
      attribution: "Ann",
      meta: { extra: "7" },
      warnings: [],
    });
    expect(items[1]!.image).toEqual({ kind: "url", url: "https://example.org/c.jpg" });
    expect(reasonsOf(entries)).toEqual([
      "list.csv line 3: The row has 6 fields, the header has 5.",
      expect.stringContaining("leaves the folder"),
      expect.stringContaining("list.csv line 6: The row names no image"),
      expect.stringContaining('not "ftp"'),
    ]);
  });

  it("finds semicolons and tabs, and refuses a list without a header", async () => {
    const semicolons = await file("semi.csv", "path;caption\na.jpg;A dog, on a beach\n");
    expect(itemsOf(await read(semicolons))[0]!.caption).toBe("A dog, on a beach");
    const tabs = await file("tabs.tsv", "path\tcaption\na.jpg\tA dog on a beach\n");
    expect(itemsOf(await read(tabs))).toHaveLength(1);
    const bare = await file("bare.csv", "a.jpg,A dog on a beach\n");
    expect(reasonsOf(await read(bare))[0]).toContain("must name the columns");
  });
});

describe("JSON Lines", () => {
  it.each([1, 3, 4096])("splits lines in pieces of %i bytes, with a bound", async (size) => {
    const lines = await all(readLines(pieces("\uFEFFone\r\n\nthré\u2028e\nlast", size)));
    expect(lines.map((line) => ("text" in line ? line.text : null))).toEqual([
      "one",
      "",
      "thré\u2028e",
      "last",
    ]);
  });

  it("skips over a line without end", async () => {
    const lines = await all(readLines(pieces(`a\n${"x".repeat(3 << 20)}\nb\n`, 65_536)));
    expect(lines).toEqual([
      { number: 1, text: "a" },
      { number: 2, tooLong: true },
      { number: 3, text: "b" },
    ]);
  });

  it("reads a folder with metadata.jsonl", async () => {
    const rows = [
      {
        file_name: "img/a.jpg",
        text: "A dog on a beach",
        license: "CC0",
        url: "https://x.org/a",
        author: "Ann",
        k: 1,
      },
      { file_name: "b.jpg", captions: ["A cat on a mat", "A cat sleeping on a mat"] },
      { path: "/etc/passwd", caption: "A file of names" },
      { path: "..\\..\\windows\\a.png", caption: "A file of names" },
    ];
    const text = rows.map((row) => JSON.stringify(row)).join("\n");
    await file("withmeta/metadata.jsonl", `${text}\n{broken\n[1,2]\n`);
    const entries = await read(join(folder, "withmeta"));
    expect(itemsOf(entries)).toMatchObject([
      {
        licence: "CC0",
        attribution: "Ann",
        sourceUrl: "https://x.org/a",
        meta: { k: 1 },
        image: { kind: "path" },
      },
      { caption: "A cat on a mat", captions: ["A cat on a mat", "A cat sleeping on a mat"] },
    ]);
    expect(reasonsOf(entries)).toHaveLength(4);
    expect(reasonsOf(entries)[2]).toBe("metadata.jsonl line 5: The line is not a JSON object.");
  });
});

describe("COCO captions", () => {
  const coco = {
    info: { description: 'braces } ] and "quotes" [ {', images: [1, 2] },
    licenses: [{ id: 3, name: "CC BY-NC 2.0", url: "http://creativecommons.org/" }],
    images: [
      {
        id: 1,
        file_name: "000001.jpg",
        license: 3,
        flickr_url: "http://flickr.example/1",
        width: 640,
        height: 480,
      },
      { id: 2, file_name: "000002.jpg" },
      { id: 3, file_name: "../../000003.jpg" },
      { no: "file" },
    ],
    annotations: [
      { id: 10, image_id: 1, caption: "A dog on a beach.\n" },
      { id: 11, image_id: 3, caption: "Never to be seen at all" },
      { id: 12, image_id: 1, caption: 'A "brown" dog runs \\ by the sea' },
    ],
  };

  it.each([null, 2])("reads images with all their captions and licences (indent %s)", async (indent) => {
    const path = await file("coco/captions.json", JSON.stringify(coco, null, indent ?? undefined));
    const entries = await read(path, folder);
    expect(itemsOf(entries)).toMatchObject([
      {
        image: { kind: "path", path: join(folder, "000001.jpg") },
        caption: "A dog on a beach.",
        captions: ["A dog on a beach.", 'A "brown" dog runs \\ by the sea'],
        licence: "CC BY-NC 2.0",
        sourceUrl: "http://flickr.example/1",
        meta: { id: 1, width: 640, height: 480 },
      },
      { caption: "", warnings: [expect.stringContaining("empty")] },
    ]);
    expect(reasonsOf(entries)).toEqual([
      expect.stringContaining("leaves the folder"),
      expect.stringContaining('no "id" or no "file_name"'),
    ]);
  });

  it.each([1, 2, 5, 64])("streams array elements in pieces of %i bytes", async (size) => {
    const text = JSON.stringify({
      skip: [[1], { a: "]" }],
      n: 1,
      list: [{ s: 'é"]}' }, 2, [3, [4]], "five"],
      e: [],
    });
    const found = await all(streamJsonArrays(pieces(text, size), "x.json", new Set(["list", "e"])));
    expect(found.map(({ value }) => value)).toEqual([{ s: 'é"]}' }, 2, [3, [4]], "five"]);
  });

  it("says what is wrong with a file that is not COCO", async () => {
    const cases = { "cut.json": '{"images": [{"id": 1', "list.json": "[1,2]", "other.json": '{"a": 1}' };
    for (const [name, text] of Object.entries(cases))
      await expect(read(await file(name, text))).rejects.toMatchObject({ name: "UserError", subject: name });
  });

  it("reads 30 MB of captions without holding the file", async () => {
    async function* big() {
      yield Buffer.from('{"annotations": [');
      const one = `{"id": 1, "image_id": 7, "caption": "${"word ".repeat(60)}"},`.repeat(100);
      for (let block = 0; block < 900; block++) yield Buffer.from(one);
      yield Buffer.from("0]}");
    }
    const before = process.memoryUsage().rss;
    let count = 0;
    for await (const _ of streamJsonArrays(big(), "big.json", new Set(["annotations"]))) count++;
    expect(count).toBe(90_001);
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 * 1024);
  });
});

describe("a plain folder", () => {
  it("lists images only, without captions", async () => {
    for (const name of ["a.JPG", "b/c.png", ".hidden.jpg", "notes.txt", "b/.thumbs/d.jpg"])
      await file(`plain/${name}`, "x");
    const items = itemsOf(await read(join(folder, "plain")));
    expect(items.map((item) => [item.subject, item.caption])).toEqual([
      ["a.JPG", ""],
      ["b/c.png", ""],
    ]);
  });

  it("says what it cannot open", async () => {
    await expect(openImport(join(folder, "nothing"))).rejects.toThrow("is not there");
    await expect(openImport(await file("list.xlsx", "x"))).rejects.toThrow("cannot be imported");
  });
});

describe("caption text", () => {
  const one = async (caption: unknown) =>
    read(await file("one.jsonl", JSON.stringify({ path: "a.jpg", caption })));

  it("refuses control characters, 10,000 words, broken UTF-8 and things that are not text", async () => {
    for (const caption of [
      "a dog\u0007 on a beach",
      "a \u202Edog on a beach",
      "word ".repeat(10_000),
      { a: 1 },
    ])
      expect(reasonsOf(await one(caption))[0]).toContain("The caption");
    const latin = await file(
      "latin.jsonl",
      Buffer.from('{"path":"a.jpg","caption":"un caf\xe9 sur la place"}', "latin1"),
    );
    expect(reasonsOf(await read(latin))[0]).toContain("UTF-8");
  });

  it("keeps other scripts and quotes, and takes HTML out with a warning", async () => {
    for (const caption of [
      "一只狗在海滩上跑",
      "собака на пляже у моря",
      "كلب على الشاطئ الرملي",
      'Ignore "all" previous instructions',
    ])
      expect(itemsOf(await one(caption))[0]).toMatchObject({ caption, warnings: [] });
    const html = itemsOf(await one("A <b>dog</b> on a beach<script>"))[0]!;
    expect(html.caption).toBe("A dog on a beach");
    expect(html.warnings[0]).toContain("HTML");
  });

  it("takes an empty or very short caption with a warning", async () => {
    for (const caption of ["", "  \n ", null]) {
      const item = itemsOf(await one(caption))[0]!;
      expect([item.caption, item.warnings.length]).toEqual(["", 1]);
    }
    expect(itemsOf(await one("dog"))[0]).toMatchObject({
      caption: "dog",
      warnings: [expect.stringContaining("short")],
    });
  });
});

describe("paths in lists", () => {
  it.each([
    "../a.jpg",
    "a/../../b.jpg",
    "/etc/passwd",
    "..",
    ".",
    "",
    "C:\\a.jpg",
    "\\\\host\\a.jpg",
    "a\0.jpg",
  ])("refuses %j", (path) => expect(resolveInside("/data/images", path)).toBeNull());
  it.each(["a.jpg", "b/c.jpg", "./d.jpg", "b/../e.jpg", "b\\f.jpg", "..a.jpg", "/data/images/g.jpg"])(
    "takes %j",
    (path) => expect(resolveInside("/data/images", path)).toMatch(/^\/data\/images\//),
  );
});
