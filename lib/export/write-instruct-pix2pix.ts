import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeImage } from "./encode-image";
import type { SplitName } from "./export-row";
import type { PreparedRow } from "./prepare-row";
import type { ProfileResult, ProfileWriter, WriterOptions } from "./profile-writer";
import { sampleRecord } from "./sample-record";
import { SPLIT_NAMES } from "./split-of";

/**
 * The layout the original InstructPix2Pix trainer reads, one folder a split: `0000000/<seed>_0.jpg` (before),
 * `<seed>_1.jpg` (after), `prompt.json`, `metadata.jsonl`, and `seeds.json` listing `[folder, [seeds]]`. It reads JPEG
 * only, so the images are JPEG here whatever the export asks for.
 */
export function writeInstructPix2Pix({ root }: WriterOptions): ProfileWriter {
  const listed = new Map<SplitName, [string, string[]][]>();
  return {
    async add({ row, split, input, edited }: PreparedRow) {
      const folders = listed.get(split) ?? [];
      listed.set(split, folders);
      const folder = String(folders.length).padStart(7, "0");
      // An endpoint takes no seed; the name only has to be a number.
      const seed = String(row.seed ?? 0);
      const at = join(root, split, folder);
      await mkdir(at, { recursive: true });
      const jpeg = async (bytes: Uint8Array) =>
        (await encodeImage(bytes, { format: "jpeg", quality: 95 }, `image of sample ${row.id}`)).bytes;
      const prompt = { input: row.sourceCaption, edit: row.editPrompt, output: row.targetCaption };
      await writeFile(join(at, `${seed}_0.jpg`), await jpeg(input.bytes));
      await writeFile(join(at, `${seed}_1.jpg`), await jpeg(edited.bytes));
      await writeFile(join(at, "prompt.json"), JSON.stringify({ caption: row.sourceCaption, ...prompt }));
      await writeFile(join(at, "metadata.jsonl"), `${JSON.stringify(sampleRecord(row))}\n`);
      folders.push([folder, [seed]]);
    },
    async finish(): Promise<ProfileResult> {
      const files = [];
      for (const split of SPLIT_NAMES) {
        const folders = listed.get(split);
        if (!folders) continue;
        const path = `${split}/seeds.json`;
        await writeFile(join(root, path), JSON.stringify(folders));
        files.push({ path, bytes: (await stat(join(root, path))).size, rows: folders.length });
      }
      // Not a layout that `load_dataset` knows, so the card names no configuration.
      return { files, configs: [] };
    },
  };
}
