/**
 * Writes Storybook training or evaluation data as flat arrays that `numpy.memmap` reads:
 *   npx tsx scripts/storybook-dataset.ts --count 24000 --seed 1 --size 256 --split train --out DIR [--edits [--types add,turn]]
 * meta.json, scenes.jsonl, images.u8 [N,S,S,3], labels.u8 [N,S,S]; with --edits also edits.jsonl, targets.u8, masks.u8.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { z } from "zod";
import { editRecord, sceneRecord } from "@/lib/storybook/dataset-record";
import { STORYBOOK_EDIT_TYPES } from "@/lib/storybook/edit-draft";
import { applyEdit, editOfType, type SceneEdit } from "@/lib/storybook/edits";
import { isHeldOut } from "@/lib/storybook/held-out";
import { hashWords, randomSource } from "@/lib/storybook/random";
import { renderEdit } from "@/lib/storybook/render-edit";
import { renderLabels } from "@/lib/storybook/render-labels";
import { renderScene } from "@/lib/storybook/render-scene";
import { sampleScene } from "@/lib/storybook/sample-scene";
import type { Scene } from "@/lib/storybook/scene";
import { TRAINED } from "@/lib/storybook/trained-part";

const Options = z.object({
  count: z.coerce.number().int().min(1).max(1_000_000),
  seed: z.coerce.number().int().min(0),
  size: z.coerce.number().int().min(16).max(1024),
  split: z.enum(["train", "heldout"]),
  out: z.string().min(1),
  workers: z.coerce.number().int().min(1).max(64),
  edits: z.boolean(),
  types: z.array(z.enum(STORYBOOK_EDIT_TYPES)).min(1),
});

const { values } = parseArgs({
  options: {
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    size: { type: "string", default: "256" },
    split: { type: "string", default: "train" },
    out: { type: "string" },
    workers: { type: "string", default: "4" },
    edits: { type: "boolean", default: false },
    types: { type: "string" },
  },
});
const parsed = Options.safeParse({ ...values, types: values.types?.split(",") ?? [...STORYBOOK_EDIT_TYPES] });
if (!parsed.success) {
  process.stderr.write(
    `${parsed.error.issues.map((issue) => `--${issue.path.join(".")}: ${issue.message}`).join("\n")}\n`,
  );
  process.exit(2);
}
const { count, seed, size, split, out, workers, edits, types } = parsed.data;
sharp.concurrency(1);
mkdirSync(out, { recursive: true });

const file = (name: string) => openSync(join(out, name), "w");
const images = file("images.u8");
const labels = file("labels.u8");
const targets = edits ? file("targets.u8") : null;
const masks = edits ? file("masks.u8") : null;
const sceneLines = new Array<string>(count);
const editLines = new Array<string>(count);

const put = (fd: number, index: number, bytes: Uint8Array) =>
  writeSync(fd, bytes, 0, bytes.length, index * bytes.length);

async function writeScene(index: number): Promise<void> {
  const scene = sampleScene(hashWords(seed, index), { split });
  const [picture, ids] = await Promise.all([renderScene(scene, size), renderLabels(scene, size)]);
  put(images, index, picture);
  put(labels, index, ids);
  sceneLines[index] = JSON.stringify(sceneRecord(scene, ids, size));
}

/** Edit types take turns; scenes that do not allow the type are passed over. */
function sampleEdit(index: number): { scene: Scene; edit: SceneEdit } {
  const wanted = types[index % types.length]!;
  const accept = (target: Scene) => split === "heldout" || !isHeldOut(target);
  for (let attempt = 0; ; attempt++) {
    const scene = sampleScene(hashWords(seed, index, attempt), { split });
    const edit = editOfType(scene, wanted, randomSource(seed, index, attempt, 9), { accept });
    if (edit) return { scene, edit };
  }
}

async function writeEdit(index: number): Promise<void> {
  const { scene, edit } = sampleEdit(index);
  const after = applyEdit(scene, edit);
  const [rendered, ids, afterIds] = await Promise.all([
    renderEdit(scene, edit, size),
    renderLabels(scene, size),
    renderLabels(after, size),
  ]);
  put(images, index, rendered.source);
  put(labels, index, ids);
  put(targets!, index, rendered.target);
  put(masks!, index, rendered.mask);
  sceneLines[index] = JSON.stringify(sceneRecord(scene, ids, size));
  editLines[index] = JSON.stringify(editRecord(edit, after, afterIds, size));
}

let next = 0;
const started = performance.now();
async function work(): Promise<void> {
  for (let index = next++; index < count; index = next++) {
    await (edits ? writeEdit(index) : writeScene(index));
    if (index % 2000 === 1999) {
      process.stdout.write(`${index + 1} scenes, ${Math.round((performance.now() - started) / 1000)} s\n`);
    }
  }
}
await Promise.all(Array.from({ length: workers }, work));
for (const fd of [images, labels, targets, masks]) if (fd !== null) closeSync(fd);
const jsonl = (name: string, lines: readonly string[]) =>
  writeFileSync(join(out, name), `${lines.join("\n")}\n`);
jsonl("scenes.jsonl", sceneLines);
if (edits) jsonl("edits.jsonl", editLines);
const tags = [
  TRAINED.nouns,
  TRAINED.places,
  TRAINED.seasons,
  TRAINED.times,
  TRAINED.weathers,
  TRAINED.styles,
].flat();
const meta = { count, size, channels: 3, split, seed, edits, ...TRAINED, tags };
writeFileSync(join(out, "meta.json"), `${JSON.stringify(meta, null, 1)}\n`);
