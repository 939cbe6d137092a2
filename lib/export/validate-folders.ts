import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { decodesAsImage } from "./decodes-as-image";
import type { FileCheck } from "./file-check";

const imageRow = z.looseObject({
  input_image_file_name: z.string(),
  edited_image_file_name: z.string(),
  mask_image_file_name: z.string(),
  edit_prompt: z.string(),
});

/** A `metadata.jsonl` and every image it names; readers notice a missing one only when they come to it. */
export async function validateImageFolder(dir: string, metadata: string): Promise<FileCheck> {
  const check: FileCheck = { rows: 0, images: 0, problems: [] };
  const lines = createInterface({ input: createReadStream(join(dir, metadata)) });
  for await (const line of lines) {
    check.rows++;
    const row = imageRow.safeParse(JSON.parse(line));
    if (!row.success) {
      check.problems.push(`line ${check.rows} lacks a field of a sample.`);
      continue;
    }
    const { input_image_file_name, edited_image_file_name, mask_image_file_name } = row.data;
    for (const name of [input_image_file_name, edited_image_file_name, mask_image_file_name])
      await checkImage(join(dir, dirname(metadata), name), name, check);
  }
  return check;
}

const seedsSchema = z.array(z.tuple([z.string(), z.array(z.string())]));
const promptSchema = z.object({ input: z.string(), edit: z.string(), output: z.string() });

/** A `seeds.json` and every folder it lists. */
export async function validateInstructPix2Pix(dir: string, seeds: string): Promise<FileCheck> {
  const check: FileCheck = { rows: 0, images: 0, problems: [] };
  const root = join(dir, dirname(seeds));
  const listed = seedsSchema.parse(JSON.parse(await readFile(join(dir, seeds), "utf8")));
  for (const [folder, names] of listed) {
    check.rows++;
    const prompt = await readFile(join(root, folder, "prompt.json"), "utf8").catch(() => "null");
    if (!promptSchema.safeParse(JSON.parse(prompt)).success)
      check.problems.push(`${folder}/prompt.json is missing or lacks a field.`);
    for (const name of names)
      for (const side of ["0", "1"]) {
        const image = `${folder}/${name}_${side}.jpg`;
        await checkImage(join(root, image), image, check);
      }
  }
  return check;
}

async function checkImage(path: string, name: string, check: FileCheck): Promise<void> {
  if (await decodesAsImage(path)) check.images++;
  else check.problems.push(`${name} is missing or does not decode.`);
}
