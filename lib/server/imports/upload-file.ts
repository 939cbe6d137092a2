import { createWriteStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { dirname, join, normalize, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility, type Studio } from "../context";
import { DEFAULT_IMAGE_LIMITS } from "../images/image-limits";
import { diskError } from "../object-store";
import { getImport } from "./get-import";

/** Lists of captions may be larger than any image. */
const maxListBytes = 2 * 1024 ** 3;

export function uploadFolder({ dataDir }: Studio, importId: string): string {
  return join(dataDir, "uploads", importId);
}

/** Streams one file of an upload to disk, under the relative path it has in the user's folder. */
export async function uploadFile(
  context: Context,
  { importId, path, body }: { importId: string; path: string; body: ReadableStream<Uint8Array> | null },
): Promise<void> {
  requireAbility(context, "curate");
  const { state } = await getImport(context, importId);
  if (state !== "queued") throw new UserError("conflict", "This import has already been started.", "id");
  if (!body) throw new UserError("bad-input", `${path} came without content.`, path);
  const file = join(uploadFolder(context.studio, importId), safePath(path));
  const limit = /\.(jsonl?|ndjson|csv|tsv)$/i.test(path) ? maxListBytes : DEFAULT_IMAGE_LIMITS.maxBytes;
  try {
    await mkdir(dirname(file), { recursive: true });
    // The DOM's and Node's types of the same stream differ.
    const stream = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(stream, (source) => bounded(source, limit, path), createWriteStream(file));
  } catch (error) {
    throw diskError(error, context.studio.dataDir);
  }
}

async function* bounded(source: AsyncIterable<Buffer>, limit: number, path: string) {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limit) {
      throw new UserError(
        "limit-exceeded",
        `${path} is larger than ${Math.round(limit / 1024 ** 2)} MB.`,
        path,
      );
    }
    yield chunk;
  }
}

function safePath(path: string): string {
  const clean = normalize(path.replaceAll("\\", "/"));
  if (
    clean.startsWith("..") ||
    clean.startsWith(sep) ||
    clean.includes("\0") ||
    clean === "." ||
    clean.length > 1000
  ) {
    throw new UserError("bad-input", `“${path}” is not a path inside the uploaded folder.`, "path");
  }
  return clean;
}

/** The list of captions in an uploaded folder if there is exactly one at its top, else the folder itself. */
export async function uploadedList(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.length === 0)
    throw new UserError("bad-input", "No file was uploaded; choose images or a folder and try again.");
  const lists = entries.filter((entry) => entry.isFile() && /\.(jsonl?|ndjson|csv|tsv)$/i.test(entry.name));
  if (lists.length === 1) return join(folder, lists[0]!.name);
  // A folder dropped into the browser arrives as one subfolder.
  if (entries.length === 1 && entries[0]!.isDirectory()) return uploadedList(join(folder, entries[0]!.name));
  return folder;
}
