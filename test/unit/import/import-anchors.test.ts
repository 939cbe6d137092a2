import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { UserError } from "@/lib/domain/errors";
import { thumbnailCache } from "@/lib/server/images/thumbnail-cache";
import { importAnchors } from "@/lib/server/import/import-anchors";
import type { AnchorSink, ImportEntry, ImportProgress, NewAnchor } from "@/lib/server/import/import-types";
import { openImport } from "@/lib/server/import/open-import";
import { localObjectStore, type ObjectStore } from "@/lib/server/object-store";
import { animated, bombPng, handMadePng, noisy, turnedJpeg } from "./bad-images";

let folder: string;
let store: ObjectStore;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pentimento-import-"));
  store = localObjectStore(join(folder, "data"));
  const picture = await noisy(64, 64, 99).png().toBuffer();
  server = createServer((request, response) => {
    if (request.url === "/photo.png") response.end(picture);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true, force: true });
});

function memorySink(): AnchorSink & { anchors: NewAnchor[] } {
  const anchors: NewAnchor[] = [];
  return {
    anchors,
    complete: async (sha) => {
      const found = anchors.find((anchor) => anchor.originalSha256 === sha);
      return found ? { fileName: found.fileName, filled: [], own: true } : null;
    },
    add: async (anchor) => void anchors.push(anchor),
  };
}

async function fill(name: string, files: Record<string, Uint8Array | string>): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content);
  return path;
}

describe("importing", () => {
  it("takes the good, refuses the bad by name, skips duplicates, and goes on", async () => {
    const good = await noisy(120, 90, 1).jpeg().toBuffer();
    const files = {
      "good.jpg": good,
      "copy.jpg": good,
      "turned.jpg": await turnedJpeg(6),
      "cut.jpg": good.subarray(0, 3000),
      "moving.gif": await animated("gif"),
      "bomb.png": bombPng(20_000),
      "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    };
    const rows = [
      ...Object.keys(files).map((name) => ({
        file_name: name,
        text: `The picture called ${name}`,
        licence: "CC0",
      })),
      { file_name: "gone.jpg", text: "A picture that is gone" },
      { file_name: "good.jpg", text: "word ".repeat(10_000) },
      { url: `${origin}/photo.png`, text: "A picture from the web", author: "Ann" },
      { url: `${origin}/none.png`, text: "A picture from nowhere at all" },
    ];
    const path = await fill("mixed", {
      ...files,
      "metadata.jsonl": rows.map((row) => JSON.stringify(row)).join("\n"),
    });
    vi.stubEnv("PENTIMENTO_ALLOW_PRIVATE_URLS", "1");
    const sink = memorySink();
    const seen: ImportProgress[] = [];
    const thumbnails = thumbnailCache(join(folder, "data"), store);
    const { reader } = await openImport(path);
    const report = await importAnchors(reader, {
      store,
      sink,
      thumbnails,
      onProgress: (now) => seen.push(now),
    });
    vi.unstubAllEnvs();

    expect(report).toMatchObject({ added: 3, duplicates: 1, refusedTotal: 7 });
    const reasons = new Map(report.refused.map(({ subject, reason }) => [subject.split(" ")[0], reason]));
    expect([...reasons.keys()].sort()).toEqual(
      [
        "bomb.png",
        "cut.jpg",
        "drawing.svg",
        "gone.jpg",
        "good.jpg",
        "moving.gif",
        `${origin}/none.png`,
      ].sort(),
    );
    expect(reasons.get("gone.jpg")).toContain("is not there");
    expect(reasons.get("good.jpg")).toContain("The caption");
    expect(seen.at(-1)).toEqual({ seen: 11, added: 3, duplicates: 1, refused: 7 });

    const turned = sink.anchors.find((anchor) => anchor.fileName === "turned.jpg")!;
    expect(turned).toMatchObject({
      width: 48,
      height: 64,
      licence: "CC0",
      caption: "The picture called turned.jpg",
    });
    const web = sink.anchors.find((anchor) => anchor.fileName.startsWith("http"))!;
    expect(web).toMatchObject({ sourceUrl: `${origin}/photo.png`, attribution: "Ann" });
    for (const anchor of sink.anchors) expect(await store.has(anchor.sha256)).toBe(true);

    const again = await importAnchors((await openImport(path)).reader, { store, sink });
    expect(again).toMatchObject({ added: 0, duplicates: 3 });
  });

  it("calls a conflict in the sink a duplicate, and stops at a full disk", async () => {
    const path = await fill("two", {
      "a.png": await noisy(64, 64, 3).png().toBuffer(),
      "b.png": await noisy(64, 64, 4).png().toBuffer(),
    });
    const faster = new Set<string>();
    const raced: AnchorSink = {
      complete: async (sha) =>
        faster.has(sha) ? { fileName: "theirs.png", filled: ["caption"], own: false } : null,
      add: (anchor) => {
        faster.add(anchor.originalSha256);
        return Promise.reject(new UserError("conflict", "It is there already."));
      },
    };
    const { reader } = await openImport(path);
    const report = await importAnchors(reader, { store, sink: raced });
    expect(report).toMatchObject({ added: 0, duplicates: 2 });
    const outcome = "Already an anchor (theirs.png); it was given the caption.";
    expect(report.known.sort((a, b) => (a.subject < b.subject ? -1 : 1))).toEqual([
      { subject: "a.png", outcome },
      { subject: "b.png", outcome },
    ]);

    const full: ObjectStore = {
      ...store,
      put: () => Promise.reject(new UserError("unavailable", "The disk is full.")),
    };
    const stopped = importAnchors((await openImport(path)).reader, { store: full, sink: memorySink() });
    await expect(stopped).rejects.toThrow("The disk is full.");
  });

  it("keeps what came before a list breaks off", async () => {
    const path = await fill("broken", {
      "a.png": await noisy(64, 64, 5).png().toBuffer(),
      "captions.json": '{"images": [{"id": 1, "file_name": "a.png"}, {"id": 2,',
    });
    const { reader } = await openImport(join(path, "captions.json"));
    const report = await importAnchors(reader, { store, sink: memorySink() });
    expect(report.refused).toEqual([
      { subject: "captions.json", reason: expect.stringContaining("ends in the middle") },
    ]);
  });

  it("stops when asked", async () => {
    const stop = new AbortController();
    const sink = memorySink();
    const options = { store, sink, concurrency: 2, signal: stop.signal, onProgress: () => stop.abort() };
    const report = await importAnchors(pictures(500), options);
    expect(report.added).toBeLessThan(5);
  });

  it("holds memory and open work steady over many images", { timeout: 300_000 }, async () => {
    let running = 0;
    let most = 0;
    const seen = new Set<string>();
    const sink: AnchorSink = {
      async complete(sha) {
        most = Math.max(most, ++running);
        return seen.has(sha) ? { fileName: sha, filled: [], own: true } : null;
      },
      async add(anchor) {
        seen.add(anchor.originalSha256);
        running--;
      },
    };
    const marks: number[] = [];
    const onProgress = ({ seen: count }: ImportProgress) => {
      if (count % 100 === 0) marks.push(process.memoryUsage().rss / 2 ** 20);
    };
    const count = 800;
    const report = await importAnchors(pictures(count), { store, sink, concurrency: 4, onProgress });
    expect(report.added).toBe(count);
    expect(most).toBeLessThanOrEqual(4);
    expect(Math.max(...marks.slice(2)) - marks[1]!).toBeLessThan(60);
    expect(await readdir(join(folder, "data", "objects", "incoming"))).toEqual([]);
  });
});

/** Different small pictures without end, each 100 × 100. */
async function* pictures(count: number): AsyncGenerator<ImportEntry> {
  for (let index = 0; index < count; index++) {
    const rows = Buffer.alloc(100 * 301, index & 255);
    for (let y = 0; y < 100; y++) rows[y * 301] = 0;
    rows.writeUInt32BE(index, 1);
    const png = handMadePng(100, 100, rows);
    async function* bytes() {
      yield png;
    }
    const { Readable } = await import("node:stream");
    yield {
      kind: "item",
      item: {
        subject: `picture ${index}`,
        image: { kind: "stream", name: `${index}.png`, open: async () => Readable.from(bytes()) },
        caption: "A picture of one colour",
        captions: ["A picture of one colour"],
        meta: {},
        warnings: [],
      },
    };
  }
}
