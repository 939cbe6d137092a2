import { access, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { UserError } from "@/lib/domain/errors";
import type { ImportReader } from "./import-types";
import { readCoco } from "./read-coco";
import { readImageFolder } from "./read-image-folder";
import { readCsv, readJsonl } from "./read-rows";

export type ImportKind = "coco" | "jsonl" | "csv" | "folder";
export type OpenedImport = { kind: ImportKind; reader: ImportReader };

/**
 * A reader for what lies at `path`: a COCO captions `.json`, a `.jsonl` or `.csv` list, a folder with `metadata.jsonl`
 * or `metadata.csv`, or a plain folder of images. `images` is the folder that relative paths are below; by default
 * the one the list lies in.
 */
export async function openImport(path: string, images?: string): Promise<OpenedImport> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UserError("not-found", `${path} is not there; check the path.`, path);
  if (found.isDirectory()) return openFolder(path, images);
  const root = images ?? dirname(path);
  if (!(await isFolder(root))) throw new UserError("not-found", `${root} is not a folder of images.`, root);
  switch (extname(path).toLowerCase()) {
    case ".json":
      return { kind: "coco", reader: readCoco(path, root) };
    case ".jsonl":
    case ".ndjson":
      return { kind: "jsonl", reader: readJsonl(path, root) };
    case ".csv":
    case ".tsv":
      return { kind: "csv", reader: readCsv(path, root) };
  }
  throw new UserError(
    "bad-input",
    `${basename(path)} cannot be imported; give a folder, a COCO captions .json, or a .jsonl or .csv list.`,
    path,
  );
}

async function openFolder(folder: string, images: string | undefined): Promise<OpenedImport> {
  const root = images ?? folder;
  const jsonl = join(folder, "metadata.jsonl");
  if (await isFile(jsonl)) return { kind: "jsonl", reader: readJsonl(jsonl, root) };
  const csv = join(folder, "metadata.csv");
  if (await isFile(csv)) return { kind: "csv", reader: readCsv(csv, root) };
  return { kind: "folder", reader: readImageFolder(folder) };
}

function isFile(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
