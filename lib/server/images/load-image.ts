import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { UserError } from "@/lib/domain/errors";
import type { ImageLimits } from "./image-limits";
import type { ImageSource } from "./ingested-image";

export type LoadedImage = {
  /** What messages call it. */
  name: string;
  /** The whole file. */
  bytes: Buffer;
  /** SHA-256 of `bytes`. */
  sha256: string;
};

/** Reads an image's file into memory once, hashing it on the way; stops at the size limit. */
export async function loadImage(source: ImageSource, limits: ImageLimits): Promise<LoadedImage> {
  const name = sourceName(source);
  const hash = createHash("sha256");
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of contentOf(source)) {
      length += chunk.byteLength;
      if (length > limits.maxBytes) throw tooBig(name, limits);
      hash.update(chunk);
      chunks.push(chunk);
    }
  } catch (error) {
    throw fileError(error, name);
  }
  if (length === 0) throw new UserError("bad-input", `${name} is empty (0 bytes).`, name);
  return { name, bytes: join(chunks, length), sha256: hash.digest("hex") };
}

export function sourceName(source: ImageSource): string {
  return source.kind === "path" ? (source.name ?? basename(source.path)) : source.name;
}

function contentOf(source: ImageSource): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (source.kind === "path") return createReadStream(source.path, { highWaterMark: 1 << 20 });
  return source.kind === "bytes" ? [source.bytes] : source.stream;
}

/** One chunk is used as it is, so that bytes already in memory are not held twice. */
function join(chunks: Uint8Array[], length: number): Buffer {
  const only = chunks.length === 1 ? chunks[0] : undefined;
  return only ? Buffer.from(only.buffer, only.byteOffset, only.byteLength) : Buffer.concat(chunks, length);
}

function tooBig(name: string, limits: ImageLimits): UserError {
  const megabytes = Math.round(limits.maxBytes / (1024 * 1024));
  return new UserError(
    "limit-exceeded",
    `${name} is larger than ${megabytes} MB, the limit for one image.`,
    name,
  );
}

function fileError(error: unknown, name: string): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR")
    return new UserError("not-found", `${name} is not there; check the path.`, name);
  if (code === "EISDIR") return new UserError("bad-input", `${name} is a folder, not an image.`, name);
  if (code === "EACCES" || code === "EPERM")
    return new UserError("forbidden", `${name} may not be read; check its permissions.`, name);
  return error;
}
