import { readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { diskError } from "@/lib/domain/disk-error";
import { UserError } from "@/lib/domain/errors";
import { datasetCard } from "./dataset-card";
import { countRow, emptyCounts } from "./export-counts";
import { claimExportFolder, PARTIAL } from "./export-folder";
import type { ExportDataset, ExportOptions, ExportProfile, ExportSummary } from "./export-types";
import { hashFile } from "./hash-file";
import { mapAhead, preparePreference, prepareRow } from "./prepare-row";
import type { ProfileResult, ProfileWriter, WriterOptions } from "./profile-writer";
import { checkShares } from "./split-of";
import { writeImageFolder } from "./write-image-folder";
import { writeInstructPix2Pix } from "./write-instruct-pix2pix";
import { writeParquet, writePreferences, writeUltraEdit } from "./write-parquet";
import { writeWebDataset } from "./write-web-dataset";

/** Samples whose images are encoded at once. */
const AHEAD = 4;

const WRITERS: Record<ExportProfile, (options: WriterOptions) => ProfileWriter> = {
  parquet: writeParquet,
  imagefolder: writeImageFolder,
  webdataset: writeWebDataset,
  ultraedit: writeUltraEdit,
  instructpix2pix: writeInstructPix2Pix,
};

/**
 * Writes a dataset: the profile's files, the card (`README.md`) and `export.json` with every data file's size and
 * SHA-256. Rows are streamed. Everything is written to `.partial` inside the folder and moved out at the end, the card
 * last, so a folder with a card is complete.
 */
export const exportDataset: ExportDataset = async (rows, options) => {
  const splits = options.splits ?? { train: 1 };
  checkShares(splits);
  await claimExportFolder(options.outDir);
  const root = join(options.outDir, PARTIAL);
  try {
    const images = options.images ?? { format: "png" };
    const limits = {
      maxRowGroupBytes: options.maxRowGroupBytes ?? 32 * 1024 * 1024,
      maxShardBytes: options.maxShardBytes ?? 500_000_000,
    };
    const writer = WRITERS[options.profile]({ root, limits, images });
    const counts = emptyCounts();
    let bytes = 0;
    for await (const prepared of mapAhead(rows, AHEAD, (row) => prepareRow(row, { images, splits }))) {
      options.signal?.throwIfAborted();
      await writer.add(prepared);
      countRow(counts, prepared.row, prepared.split);
      bytes +=
        prepared.input.bytes.length + prepared.edited.bytes.length + (prepared.mask?.bytes.length ?? 0);
      options.onProgress?.({ rows: counts.rows, bytes });
    }
    if (counts.rows === 0)
      throw new UserError(
        "bad-input",
        "There is nothing to export: no sample matches. Approve some samples first.",
      );
    const written = await writer.finish();
    const preferences = await exportPreferences(options, { root, limits, images });
    const files = [...written.files, ...preferences.files];
    const configs = [...written.configs, ...preferences.configs];
    await writeFile(join(root, "export.json"), await manifest(root, options.profile, counts.rows, files));
    const card = datasetCard({
      facts: options.card,
      profile: options.profile,
      counts,
      configs,
      images,
    });
    await writeFile(join(root, "README.md"), card);
    await moveOut(root, options.outDir);
    return {
      outDir: options.outDir,
      profile: options.profile,
      files,
      rows: counts.rows,
      rowsBySplit: counts.bySplit,
      rowsByEditType: counts.byEditType,
      bytes: files.reduce((total, file) => total + file.bytes, 0),
      preferences: preferences.files.reduce((total, file) => total + file.rows, 0),
    } satisfies ExportSummary;
  } catch (error) {
    await rm(root, { recursive: true, force: true }).catch(() => {});
    throw diskError(error, options.outDir);
  }
};

async function exportPreferences(
  options: ExportOptions,
  writerOptions: WriterOptions,
): Promise<ProfileResult> {
  if (!options.preferences) return { files: [], configs: [] };
  if (options.profile !== "parquet")
    throw new UserError(
      "bad-input",
      "Preference pairs are written by the parquet profile only.",
      "preferences",
    );
  const preparation = { images: writerOptions.images, splits: options.splits ?? { train: 1 } };
  const writer = writePreferences(writerOptions);
  for await (const prepared of mapAhead(options.preferences, AHEAD, (row) =>
    preparePreference(row, preparation),
  )) {
    options.signal?.throwIfAborted();
    writer.add(prepared);
  }
  return writer.finish();
}

async function moveOut(root: string, outDir: string): Promise<void> {
  const names = (await readdir(root)).sort((a, b) => Number(a === "README.md") - Number(b === "README.md"));
  for (const name of names) await rename(join(root, name), join(outDir, name));
  await rmdir(root);
}

async function manifest(
  root: string,
  profile: ExportProfile,
  rows: number,
  files: ProfileResult["files"],
): Promise<string> {
  const listed = [];
  for (const file of files) listed.push({ ...file, sha256: await hashFile(join(root, file.path)) });
  return `${JSON.stringify({ profile, rows, files: listed }, null, 2)}\n`;
}
