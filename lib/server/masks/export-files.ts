import { extname } from "node:path";
import type { Context } from "../context";
import { resolveInside } from "../import/resolve-inside";
import { exportRows } from "./export-coco";
import type { ExportFilter } from "./export-notes";

type Row = ReturnType<typeof exportRows> extends AsyncGenerator<infer T> ? T : never;

/**
 * The files that the current masks become, byte for byte as they are kept. An anchor's mask has its image's name, so that
 * an import finds its way back; the masks of edits, seeds and samples carry their ids. No two have the same name.
 */
export async function* exportFiles(
  context: Context,
  filter: ExportFilter,
): AsyncGenerator<{ name: string; pngSha: string }> {
  // Without case: to some systems “A.png” and “a.png” are the same file.
  const names = new Set<string>();
  for await (const region of exportRows(context, filter)) {
    if (!region.mask) continue;
    const wanted = resolveInside("/", nameOf(region)) ? nameOf(region) : `${region.id}.png`;
    const taken = names.has(wanted.toLowerCase());
    const name = taken ? wanted.replace(/\.png$/, `.${region.id}.png`) : wanted;
    names.add(name.toLowerCase());
    yield { name, pngSha: region.mask.pngSha };
  }
}

function nameOf(region: Row): string {
  const fileName = region.anchor?.fileName ?? `${region.image.sha256}.png`;
  const stem = fileName.slice(0, fileName.length - extname(fileName).length);
  return region.kind === "anchor" ? `${stem}.png` : `${stem}.${region.kind}-${region.subjectId}.png`;
}
