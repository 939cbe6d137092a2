import { type FileHandle, mkdir, open, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EncodedImage, whiteMask } from "./encode-image";
import type { SplitName } from "./export-row";
import type { PreparedRow } from "./prepare-row";
import type { ProfileResult, ProfileWriter, WriterOptions } from "./profile-writer";
import { safeName } from "./safe-name";
import { sampleRecord } from "./sample-record";
import { SPLIT_NAMES } from "./split-of";

type OpenSplit = { metadata: FileHandle; rows: number; bytes: number };

/** Images to a folder; more would make listings slow. */
const IMAGES_PER_FOLDER = 1000;

/**
 * The `imagefolder` profile, for `--train_data_dir`: plain image files and, in each split's folder, a `metadata.jsonl`
 * whose `*_file_name` fields become image columns. Free-form edits share a white mask, since readers refuse a column
 * that is an image in one split and null in another (`mask_kind` says "none").
 */
export function writeImageFolder({ root }: WriterOptions): ProfileWriter {
  const splits = new Map<SplitName, OpenSplit>();
  const whiteMasks = new Set<string>();

  const openSplit = async (split: SplitName): Promise<OpenSplit> => {
    await mkdir(join(root, split), { recursive: true });
    const opened = { metadata: await open(join(root, split, "metadata.jsonl"), "w"), rows: 0, bytes: 0 };
    splits.set(split, opened);
    return opened;
  };

  const sharedMask = async (split: SplitName, { width, height }: EncodedImage): Promise<string> => {
    const name = `images/white_${width}x${height}.png`;
    const path = join(root, split, name);
    if (!whiteMasks.has(path)) await writeFile(path, (await whiteMask(width, height)).bytes);
    whiteMasks.add(path);
    return name;
  };

  return {
    async add({ row, split, input, edited, mask }: PreparedRow) {
      const into = splits.get(split) ?? (await openSplit(split));
      const folder = `images/${String(Math.floor(into.rows / IMAGES_PER_FOLDER)).padStart(5, "0")}`;
      if (into.rows % IMAGES_PER_FOLDER === 0) await mkdir(join(root, split, folder), { recursive: true });
      const save = async (image: EncodedImage, part: string) => {
        const name = `${folder}/${safeName(row.id)}_${part}.${image.extension}`;
        await writeFile(join(root, split, name), image.bytes);
        into.bytes += image.bytes.length;
        return name;
      };
      const record = {
        input_image_file_name: await save(input, "input"),
        edited_image_file_name: await save(edited, "edited"),
        mask_image_file_name: mask ? await save(mask, "mask") : await sharedMask(split, input),
        ...sampleRecord(row),
      };
      await into.metadata.write(`${JSON.stringify(record)}\n`);
      into.rows++;
    },
    async finish(): Promise<ProfileResult> {
      const written = SPLIT_NAMES.filter((split) => splits.has(split));
      const files = [];
      for (const split of written) {
        const { metadata, rows } = splits.get(split)!;
        await metadata.close();
        const path = `${split}/metadata.jsonl`;
        files.push({ path, bytes: (await stat(join(root, path))).size, rows });
      }
      const dataFiles = written.map((split) => ({ split, paths: [`${split}/**`] }));
      return { files, configs: dataFiles.length > 0 ? [{ name: "default", dataFiles }] : [] };
    },
  };
}
