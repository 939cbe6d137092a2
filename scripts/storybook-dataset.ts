import { closeSync, createWriteStream, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { z } from "zod";
import { captionsOf } from "@/lib/storybook/captions";
import { hashWords } from "@/lib/storybook/random";
import { boxesOf, renderLabels } from "@/lib/storybook/render-labels";
import { renderScene } from "@/lib/storybook/render-scene";
import { sampleScene } from "@/lib/storybook/sample-scene";
import type { Scene } from "@/lib/storybook/scene";
import { tagsOf } from "@/lib/storybook/tags";
import { TRAINED } from "@/lib/storybook/trained-part";

const Options = z.object({
  count: z.coerce.number().int().min(1).max(1_000_000),
  seed: z.coerce.number().int().min(0),
  size: z.coerce.number().int().min(16).max(1024),
  split: z.enum(["train", "heldout"]),
  out: z.string().min(1),
  workers: z.coerce.number().int().min(1).max(64),
});

const { values } = parseArgs({
  options: {
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    size: { type: "string", default: "256" },
    split: { type: "string", default: "train" },
    out: { type: "string" },
    workers: { type: "string", default: "4" },
  },
});
const options = Options.parse(values);
const { count, size, out } = options;
sharp.concurrency(1);
mkdirSync(out, { recursive: true });

const images = openSync(join(out, "images.u8"), "w");
const labelFile = openSync(join(out, "labels.u8"), "w");
const lines = new Array<string>(count);

/** One line of scenes.jsonl. */
function record(scene: Scene, labels: Uint8Array): string {
  const boxes = boxesOf(labels, size, scene.objects.length);
  const { seed, style, season, time, weather, place } = scene;
  const objects = scene.objects.map(({ noun, colour, pattern, material }, i) => ({
    noun,
    colour,
    pattern,
    material,
    ...boxes[i]!,
  }));
  return JSON.stringify({
    seed,
    captions: captionsOf(scene),
    tags: tagsOf(scene),
    style,
    season,
    time,
    weather,
    place,
    objects,
  });
}

async function writeOne(index: number): Promise<void> {
  const scene = sampleScene(hashWords(options.seed, index), { split: options.split });
  const [picture, labels] = await Promise.all([renderScene(scene, size), renderLabels(scene, size)]);
  writeSync(images, picture, 0, picture.length, index * picture.length);
  writeSync(labelFile, labels, 0, labels.length, index * labels.length);
  lines[index] = record(scene, labels);
}

let next = 0;
const started = performance.now();
await Promise.all(
  Array.from({ length: options.workers }, async () => {
    for (let index = next++; index < count; index = next++) {
      await writeOne(index);
      if (index % 2000 === 1999)
        process.stdout.write(`${index + 1} scenes, ${Math.round((performance.now() - started) / 1000)} s\n`);
    }
  }),
);
closeSync(images);
closeSync(labelFile);
const stream = createWriteStream(join(out, "scenes.jsonl"));
for (const line of lines) stream.write(`${line}\n`);
await new Promise<void>((resolve) => stream.end(resolve));
const tags = [
  ...TRAINED.nouns,
  ...TRAINED.places,
  ...TRAINED.seasons,
  ...TRAINED.times,
  ...TRAINED.weathers,
  ...TRAINED.styles,
];
writeFileSync(
  join(out, "meta.json"),
  `${JSON.stringify({ count, size, channels: 3, split: options.split, seed: options.seed, ...TRAINED, tags }, null, 1)}\n`,
);
