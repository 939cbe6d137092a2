import { type FileHandle, mkdir, open, stat } from "node:fs/promises";
import { join } from "node:path";
import { whiteMask } from "./encode-image";
import type { SplitName } from "./export-row";
import type { ExportFile } from "./export-types";
import type { PreparedRow } from "./prepare-row";
import type { ProfileResult, ProfileWriter, WriterOptions } from "./profile-writer";
import { sampleRecord } from "./sample-record";
import { SPLIT_NAMES } from "./split-of";
import { TAR_END, tarEntry } from "./tar-entry";

type OpenTar = { file: FileHandle; path: string; bytes: number; rows: number };
type SplitTars = { open?: OpenTar; done: ExportFile[]; rows: number };

/**
 * The WebDataset profile: tar shards of `000000000.input_image.png`, `.edited_image.png`, `.mask_image.png`,
 * `.edit_prompt.txt` and `.json`. Readers take their columns from the first samples, so every sample has a mask; one
 * of a free-form edit is white, as everything may change (`mask_kind` in the JSON says "none").
 */
export function writeWebDataset({ root, limits }: WriterOptions): ProfileWriter {
  const splits = new Map<SplitName, SplitTars>();

  const tarFor = async (split: SplitName, bytes: number): Promise<{ tars: SplitTars; tar: OpenTar }> => {
    const tars = splits.get(split) ?? { done: [], rows: 0 };
    splits.set(split, tars);
    if (tars.open && tars.open.bytes + bytes > limits.maxShardBytes) await close(tars);
    if (!tars.open) {
      await mkdir(join(root, split), { recursive: true });
      const path = `${split}/${String(tars.done.length).padStart(6, "0")}.tar`;
      tars.open = { file: await open(join(root, path), "w"), path, bytes: 0, rows: 0 };
    }
    return { tars, tar: tars.open };
  };

  const close = async (tars: SplitTars) => {
    if (!tars.open) return;
    const { file, path, rows } = tars.open;
    await file.write(TAR_END);
    await file.close();
    tars.done.push({ path, bytes: (await stat(join(root, path))).size, rows });
    delete tars.open;
  };

  return {
    async add({ row, split, input, edited, mask }: PreparedRow) {
      const shownMask = mask ?? (await whiteMask(input.width, input.height));
      const key = String(splits.get(split)?.rows ?? 0).padStart(9, "0");
      const entries = Buffer.concat([
        tarEntry(`${key}.input_image.${input.extension}`, input.bytes),
        tarEntry(`${key}.edited_image.${edited.extension}`, edited.bytes),
        tarEntry(`${key}.mask_image.png`, shownMask.bytes),
        tarEntry(`${key}.edit_prompt.txt`, Buffer.from(row.editPrompt)),
        tarEntry(`${key}.json`, Buffer.from(JSON.stringify(sampleRecord(row)))),
      ]);
      const { tars, tar } = await tarFor(split, entries.length);
      await tar.file.write(entries);
      tar.bytes += entries.length;
      tar.rows++;
      tars.rows++;
    },
    async finish(): Promise<ProfileResult> {
      for (const tars of splits.values()) await close(tars);
      const written = SPLIT_NAMES.filter((split) => splits.has(split));
      const dataFiles = written.map((split) => ({ split, paths: [`${split}/*.tar`] }));
      return {
        files: written.flatMap((split) => splits.get(split)!.done),
        configs: dataFiles.length > 0 ? [{ name: "default", dataFiles }] : [],
      };
    },
  };
}
