import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { crc32 } from "node:zlib";
import { UserError } from "@/lib/domain/errors";
import { safeName } from "@/lib/export/safe-name";
import { type ZipContent, type ZipFile, zipArchive } from "@/lib/export/zip-archive";
import { type Context, requireAbility } from "../context";

/** A finished export as one ZIP archive, in pieces as they are read: no file is held in memory. */
export async function zipExport(
  context: Context,
  exportId: string,
): Promise<{ name: string; pieces: AsyncGenerator<Uint8Array> }> {
  requireAbility(context, "read");
  const row = await context.studio.db.export.findFirst({
    where: { id: exportId, state: "succeeded", release: { projectId: context.caller.projectId } },
    include: { release: true },
  });
  const entries = row
    ? await readdir(row.path, { recursive: true, withFileTypes: true }).catch(() => [])
    : [];
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  if (!row || files.length === 0) {
    throw new UserError("not-found", "The export has no files; they may have been removed.", "id");
  }
  const folder = safeName(row.release.name);
  return {
    name: `${folder}-${row.format}.zip`,
    pieces: zipArchive(contents(row.path, folder, files.sort())),
  };
}

async function* contents(root: string, folder: string, files: readonly string[]): AsyncGenerator<ZipFile> {
  for (const file of files) {
    const path = relative(root, file).split(sep).join("/");
    yield { name: `${folder}/${path}`, content: await contentOf(file) };
  }
}

/** Read twice: not every unpacker takes a file whose checksum stands behind it. */
async function contentOf(file: string): Promise<ZipContent> {
  let crc = 0;
  let length = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    crc = crc32(piece, crc);
    length += piece.length;
  }
  return { crc, length, read: () => createReadStream(file) };
}
