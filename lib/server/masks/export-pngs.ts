import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { diskError } from "@/lib/domain/disk-error";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";
import { resolveInside } from "../import/resolve-inside";
import { exportRows } from "./export-coco";
import type { ExportFilter } from "./export-notes";

type Row = ReturnType<typeof exportRows> extends AsyncGenerator<infer T> ? T : never;

/**
 * Writes the current masks into a folder, byte for byte as they are kept. An anchor's mask has its image's name, so
 * that `masks import` finds its way back; the masks of edits, seeds and samples carry their ids.
 * @returns how many files were written
 */
export async function exportPngs(context: Context, folder: string, filter: ExportFilter): Promise<number> {
  const written = new Set<string>();
  for await (const region of exportRows(context, filter)) {
    if (!region.mask) continue;
    const name = nameOf(region);
    const file = written.has(name) ? name.replace(/\.png$/, `.${region.id}.png`) : name;
    written.add(file);
    const target = resolveInside(folder, file);
    if (!target) throw new UserError("bad-input", `“${file}” is no name for a file inside ${folder}.`, file);
    try {
      await mkdir(dirname(target), { recursive: true });
      const from = context.studio.store.path?.(region.mask.pngSha);
      if (from) await copyFile(from, target);
      else await writeFile(target, await context.studio.store.read(region.mask.pngSha));
    } catch (error) {
      throw diskError(error, folder);
    }
  }
  return written.size;
}

function nameOf(region: Row): string {
  const fileName = region.anchor?.fileName ?? `${region.image.sha256}.png`;
  const stem = fileName.slice(0, fileName.length - extname(fileName).length);
  return region.kind === "anchor" ? `${stem}.png` : `${stem}.${region.kind}-${region.subjectId}.png`;
}
