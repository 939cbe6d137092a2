import { createHash } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diskError } from "@/lib/domain/disk-error";
import { UserError } from "@/lib/domain/errors";
import { localObjectStore } from "@/lib/server/object-store";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pentimento-objects-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("local object store", () => {
  it("names bytes and streams by their SHA-256", async () => {
    const store = localObjectStore(folder);
    const bytes = Buffer.from("a pentimento");
    async function* pieces() {
      yield bytes.subarray(0, 3);
      yield bytes.subarray(3);
    }
    const name = sha256(bytes);
    expect(await store.put(bytes)).toEqual({ sha256: name, bytes: bytes.length });
    expect(await store.put(pieces())).toEqual({ sha256: name, bytes: bytes.length });
    expect(await store.read(name)).toEqual(bytes);
    expect(Buffer.concat(await (await store.open(name)).toArray())).toEqual(bytes);
    expect(await readFile(join(folder, "objects", name.slice(0, 2), name.slice(2, 4), name))).toEqual(bytes);
  });

  it("says what is missing, deletes once, and takes no path for a name", async () => {
    const store = localObjectStore(folder);
    const { sha256: name } = await store.put(Buffer.from("short-lived"));
    expect(await store.has(name)).toBe(true);
    expect(await store.delete(name)).toBe(true);
    expect(await store.delete(name)).toBe(false);
    expect(await store.has(name)).toBe(false);
    await expect(store.read(name)).rejects.toMatchObject({ code: "not-found" });
    await expect(store.open(name)).rejects.toMatchObject({ code: "not-found" });
    await expect(store.read("../../etc/passwd")).rejects.toThrow(UserError);
  });

  it("leaves nothing behind when a stream breaks, and keeps one copy of concurrent puts", async () => {
    const store = localObjectStore(folder);
    async function* broken() {
      yield Buffer.from("half");
      throw new Error("the line went dead");
    }
    await expect(store.put(broken())).rejects.toThrow("the line went dead");
    const bytes = Buffer.from("the same thing");
    const puts = await Promise.all(Array.from({ length: 8 }, () => store.put(bytes)));
    expect(new Set(puts.map((put) => put.sha256)).size).toBe(1);
    expect(await readdir(join(folder, "objects", "incoming"))).toEqual([]);
  });

  it("turns a full or unwritable disk into one clear sentence", async () => {
    const blocked = join(folder, "blocked");
    await writeFile(blocked, "a file where the folder should be");
    await expect(localObjectStore(blocked).put(Buffer.from("x"))).rejects.toThrow();
    for (const [code, words] of [
      ["ENOSPC", "is full"],
      ["EROFS", "cannot be written"],
      ["EACCES", "cannot be written"],
    ] as const) {
      const error = diskError(Object.assign(new Error(code), { code }), "/data/objects");
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).toContain(words);
      expect((error as UserError).code).toBe("unavailable");
    }
    await chmod(folder, 0o755);
  });
});

it.runIf(process.platform === "linux")("reports a really full disk", async () => {
  // /dev/full fails every write with ENOSPC.
  const failure = await writeFile("/dev/full", "x").catch((error: unknown) => error);
  expect(diskError(failure, "/data")).toMatchObject({ code: "unavailable" });
});
