import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { EXPORT_PROFILES } from "./export-types";
import type { FileCheck } from "./file-check";
import { hashFile } from "./hash-file";
import { type Column, huggingFaceMetadata, parquetSchema } from "./parquet-column";
import { PREFERENCE_COLUMNS, SAMPLE_COLUMNS, ULTRAEDIT_COLUMNS } from "./sample-columns";
import { validateImageFolder, validateInstructPix2Pix } from "./validate-folders";
import { validateParquet } from "./validate-parquet";
import { validateWebDataset } from "./validate-web-dataset";

export type ExportValidation = {
  /** One sentence a problem, naming the file; empty if the export is good. */
  problems: string[];
  profile: string | null;
  files: number;
  rows: number;
  images: number;
};

const manifestSchema = z.object({
  profile: z.enum(EXPORT_PROFILES),
  rows: z.int().nonnegative(),
  files: z.array(
    z.object({ path: z.string(), bytes: z.number(), rows: z.number(), sha256: z.string().length(64) }),
  ),
});
type Manifest = z.infer<typeof manifestSchema>;

/**
 * Opens a finished export again, with readers rather than with what wrote it: every data file against its size and
 * hash, schema and footer of Parquet files, row counts, every image decoded, and the card's front matter.
 */
export async function validateExport(dir: string): Promise<ExportValidation> {
  const manifest = await readManifest(dir);
  if (typeof manifest === "string")
    return { problems: [manifest], profile: null, files: 0, rows: 0, images: 0 };
  const problems = await validateCard(dir, manifest);
  let rows = 0;
  let images = 0;
  for (const file of manifest.files) {
    const damage = await checkBytes(dir, file);
    if (damage) {
      problems.push(damage);
      continue;
    }
    const check = await validateFile(dir, manifest.profile, file.path);
    problems.push(...check.problems.map((problem) => `${file.path}: ${problem}`));
    if (check.rows !== file.rows)
      problems.push(`${file.path}: holds ${check.rows} rows, export.json says ${file.rows}.`);
    if (!file.path.startsWith("preference/")) rows += check.rows;
    images += check.images;
  }
  if (rows !== manifest.rows)
    problems.push(`The files hold ${rows} rows, export.json says ${manifest.rows}.`);
  return { problems, profile: manifest.profile, files: manifest.files.length, rows, images };
}

async function readManifest(dir: string): Promise<Manifest | string> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(dir, "export.json"), "utf8")));
  } catch {
    return `${join(dir, "export.json")} is missing or unreadable; the export was not finished.`;
  }
}

async function checkBytes(dir: string, file: Manifest["files"][number]): Promise<string | undefined> {
  const path = join(dir, file.path);
  const found = await stat(path).catch(() => undefined);
  if (!found) return `${file.path}: is missing.`;
  if (found.size !== file.bytes)
    return `${file.path}: has ${found.size} bytes, export.json says ${file.bytes}.`;
  if ((await hashFile(path)) !== file.sha256) return `${file.path}: its SHA-256 differs from export.json.`;
  return undefined;
}

function validateFile(dir: string, profile: Manifest["profile"], path: string): Promise<FileCheck> {
  switch (profile) {
    case "parquet":
      return validateColumns(dir, path, path.startsWith("preference/") ? PREFERENCE_COLUMNS : SAMPLE_COLUMNS);
    case "ultraedit":
      return validateColumns(dir, path, ULTRAEDIT_COLUMNS);
    case "imagefolder":
      return validateImageFolder(dir, path);
    case "webdataset":
      return validateWebDataset(join(dir, path));
    case "instructpix2pix":
      return validateInstructPix2Pix(dir, path);
  }
}

function validateColumns(dir: string, path: string, columns: readonly Column<never>[]): Promise<FileCheck> {
  return validateParquet(join(dir, path), {
    schema: parquetSchema(columns),
    footer: huggingFaceMetadata(columns),
    images: columns
      .filter(({ kind, name }) => kind === "image" && name !== "mask_image")
      .map(({ name }) => name),
    nullableImages: columns.filter(({ name }) => name === "mask_image").map(({ name }) => name),
  });
}

const frontMatterSchema = z.object({
  license: z.string(),
  configs: z
    .array(
      z.object({
        config_name: z.string(),
        data_files: z.array(
          z.object({ split: z.string(), path: z.union([z.string(), z.array(z.string())]) }),
        ),
      }),
    )
    .optional(),
});

async function validateCard(dir: string, manifest: Manifest): Promise<string[]> {
  const text = await readFile(join(dir, "README.md"), "utf8").catch(() => undefined);
  if (text === undefined) return ["README.md: is missing; the export was not finished."];
  const yaml = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1];
  const front = frontMatterSchema.safeParse(yaml === undefined ? undefined : parse(yaml));
  if (!front.success) return ["README.md: its YAML front matter is missing or lacks the licence."];
  // Every data file must be found by exactly the patterns of the card, or `load_dataset` would not see it.
  const patterns = (front.data.configs ?? []).flatMap(({ data_files }) =>
    data_files.flatMap(({ path }) => path),
  );
  if (patterns.length === 0)
    return manifest.profile === "instructpix2pix" ? [] : ["README.md: names no data files."];
  return manifest.files
    .filter(
      ({ path }) => !patterns.some((pattern) => path.startsWith(pattern.slice(0, pattern.indexOf("*")))),
    )
    .map(({ path }) => `README.md: no configuration covers ${path}.`);
}
