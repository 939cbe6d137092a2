import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { diskError } from "@/lib/domain/disk-error";
import { UserError } from "@/lib/domain/errors";

export { diskError };

export type StoredObject = { sha256: string; bytes: number };

/**
 * Immutable bytes, named by their SHA-256 (64 lower-case hex digits). Putting the same bytes twice is one object.
 * `localObjectStore` is the only implementation so far; an S3-compatible one fits the same interface, which is
 * why `path` is optional: only callers that can do without a local file may ask for it.
 */
export interface ObjectStore {
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredObject>;
  /** A stream of the object's bytes; a `UserError` (not-found) if there is none. */
  open(sha256: string): Promise<Readable>;
  read(sha256: string): Promise<Buffer>;
  has(sha256: string): Promise<boolean>;
  /** True if there was such an object. */
  delete(sha256: string): Promise<boolean>;
  /** Where the object lies on this machine's disk, for stores that have it there. */
  path?(sha256: string): string;
}

/** Objects under `<dataDir>/objects/ab/cd/<sha256>`, written to a temporary file, synced, then renamed. */
export function localObjectStore(dataDir: string): ObjectStore {
  const root = join(dataDir, "objects");
  const pathOf = (sha256: string) => objectPath(root, sha256);
  return {
    path: pathOf,
    async put(content) {
      try {
        return await writeObject(root, content);
      } catch (error) {
        throw diskError(error, root);
      }
    },
    async open(sha256) {
      await mustExist(pathOf(sha256), sha256);
      return createReadStream(pathOf(sha256));
    },
    async read(sha256) {
      try {
        return await readFile(pathOf(sha256));
      } catch (error) {
        throw isCode(error, "ENOENT") ? missing(sha256) : error;
      }
    },
    has: (sha256) => exists(pathOf(sha256)),
    async delete(sha256) {
      try {
        await rm(pathOf(sha256));
        return true;
      } catch (error) {
        if (isCode(error, "ENOENT")) return false;
        throw diskError(error, root);
      }
    },
  };
}

async function writeObject(
  root: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<StoredObject> {
  if (content instanceof Uint8Array) {
    // Most things put twice come as bytes; they need no second write and no second sync.
    const sha256 = createHash("sha256").update(content).digest("hex");
    if (await exists(objectPath(root, sha256))) return { sha256, bytes: content.byteLength };
  }
  const incoming = join(root, "incoming");
  await mkdir(incoming, { recursive: true });
  const temporary = join(incoming, randomUUID());
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    const file = await open(temporary, "wx");
    try {
      for await (const chunk of content instanceof Uint8Array ? [content] : content) {
        hash.update(chunk);
        bytes += chunk.byteLength;
        await file.writeFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const sha256 = hash.digest("hex");
    const target = objectPath(root, sha256);
    if (!(await exists(target))) {
      await mkdir(dirname(target), { recursive: true });
      await rename(temporary, target);
    }
    return { sha256, bytes };
  } finally {
    await rm(temporary, { force: true });
  }
}

function objectPath(root: string, sha256: string): string {
  // The name becomes a path, so nothing but a digest may pass.
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new UserError("bad-input", `"${sha256}" is not a SHA-256 in hex.`);
  return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

async function mustExist(path: string, sha256: string): Promise<void> {
  if (!(await exists(path))) throw missing(sha256);
}

function missing(sha256: string): UserError {
  return new UserError("not-found", `The image store has no object ${sha256}.`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
