import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskError } from "@/lib/domain/disk-error";
import { type ZipFile, zipArchive } from "@/lib/export/zip-archive";
import type { Context } from "../context";
import { exportFiles } from "./export-files";
import type { ExportFilter } from "./export-notes";

/**
 * Writes the current masks into a folder.
 * @returns how many files were written
 */
export async function exportPngs(context: Context, folder: string, filter: ExportFilter): Promise<number> {
  const { store } = context.studio;
  let written = 0;
  for await (const { name, pngSha } of exportFiles(context, filter)) {
    const target = join(folder, name);
    try {
      await mkdir(dirname(target), { recursive: true });
      const from = store.path?.(pngSha);
      if (from) await copyFile(from, target);
      else await writeFile(target, await store.read(pngSha));
    } catch (error) {
      throw diskError(error, folder);
    }
    written++;
  }
  return written;
}

/** The same files as one ZIP archive, in pieces. */
export function exportZip(context: Context, filter: ExportFilter): AsyncGenerator<Uint8Array> {
  return zipArchive(contents(context, filter));
}

async function* contents(context: Context, filter: ExportFilter): AsyncGenerator<ZipFile> {
  for await (const { name, pngSha } of exportFiles(context, filter)) {
    yield { name, content: await context.studio.store.read(pngSha) };
  }
}
