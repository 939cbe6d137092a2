import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { MaskReport } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { DEFAULT_IMAGE_LIMITS } from "../images/image-limits";
import { importCoco } from "./import-coco";
import { importMaskPng, type MutableReport, reported } from "./import-mask";
import { type Match, matchAnchors } from "./match-anchors";
import { readBody } from "./read-body";

/** What one request may take in; a larger folder is for the command line, which waits. */
const filesPerRequest = 2000;
const maxCocoBytes = 256 * 1024 ** 2;

export interface FolderInput {
  path: string;
  /** Whether grey levels between black and white are welcome. */
  soft: boolean;
  maxFiles?: number;
  onFile?: (done: number, total: number) => void;
}

/** Takes in the masks of a folder (or one file) on this machine; what cannot be used is listed, the rest goes on. */
export async function importMaskFolder(
  context: Context,
  { path, soft, maxFiles = filesPerRequest, onFile }: FolderInput,
): Promise<MaskReport> {
  requireAbility(context, "curate");
  const { root, files } = await filesIn(resolve(path));
  if (files.length > maxFiles) {
    throw new UserError(
      "limit-exceeded",
      `${root} holds ${files.length} files; import more than ${maxFiles} with “npx pentimento masks import”.`,
      "path",
    );
  }
  const report: MutableReport = { imported: [], refused: [] };
  const pngs = files.filter((file) => !/\.json$/i.test(file));
  const matches = await matchAnchors(context, pngs);
  for (const [i, file] of files.entries()) {
    await importFile(context, report, { file, full: join(root, file), soft, match: matches.get(file) });
    onFile?.(i + 1, files.length);
  }
  return report;
}

/** One uploaded file: a mask PNG, or a COCO file. */
export async function importMaskUpload(
  context: Context,
  { file, soft, body }: { file: string; soft: boolean; body: ReadableStream<Uint8Array> | null },
): Promise<MaskReport> {
  requireAbility(context, "annotate");
  if (!file || file.length > 1000) throw new UserError("bad-input", "Name the file: ?file=<name>.", "file");
  const report: MutableReport = { imported: [], refused: [] };
  if (/\.json$/i.test(file)) {
    const bytes = await readBody(body, maxCocoBytes, file);
    await reported(report, file, () => importCoco(context, report, { file, bytes }));
  } else {
    const match = (await matchAnchors(context, [file])).get(file)!;
    const bytes = await readBody(body, DEFAULT_IMAGE_LIMITS.maxBytes, file);
    await importMaskPng(context, report, { file, match, soft, read: async () => bytes });
  }
  return report;
}

async function importFile(
  context: Context,
  report: MutableReport,
  { file, full, soft, match }: { file: string; full: string; soft: boolean; match: Match | undefined },
): Promise<void> {
  const limit = match ? DEFAULT_IMAGE_LIMITS.maxBytes : maxCocoBytes;
  const read = async () => {
    const { size } = await stat(full);
    if (size > limit) {
      throw new UserError(
        "limit-exceeded",
        `${file} is larger than ${Math.round(limit / 1024 ** 2)} MB.`,
        file,
      );
    }
    return readFile(full);
  };
  if (match) await importMaskPng(context, report, { file, match, soft, read });
  else await reported(report, file, async () => importCoco(context, report, { file, bytes: await read() }));
}

/** The files of a folder and its subfolders, or the one file named, relative to the folder. */
async function filesIn(path: string): Promise<{ root: string; files: string[] }> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new UserError("not-found", `${path} is not there; check the path.`, "path");
  if (found.isFile()) return { root: dirname(path), files: [basename(path)] };
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"));
  return { root: path, files: files.sort() };
}
