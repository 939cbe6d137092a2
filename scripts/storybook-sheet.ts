/**
 * Draws a contact sheet of Storybook scenes, to look at:
 *   npx tsx scripts/storybook-sheet.ts --out sheet.png [--seed 1] [--columns 6] [--rows 4] [--size 256] [--style neon] [--show scenes|nouns]
 */
import { parseArgs } from "node:util";
import sharp from "sharp";
import { z } from "zod";
import { ALL_DRAWINGS } from "@/lib/storybook/nouns/catalogue";
import { hashWords, randomSource } from "@/lib/storybook/random";
import { renderScene } from "@/lib/storybook/render-scene";
import { drawObject, sampleScene } from "@/lib/storybook/sample-scene";
import { COLOURS, type Scene, STYLES } from "@/lib/storybook/scene";

const { values } = parseArgs({
  options: {
    out: { type: "string", default: "sheet.png" },
    seed: { type: "string", default: "1" },
    columns: { type: "string", default: "8" },
    rows: { type: "string", default: "4" },
    size: { type: "string", default: "256" },
    style: { type: "string" },
    show: { type: "string", default: "scenes" },
  },
});
const { out, seed, columns, rows, size, style, show } = z
  .object({
    out: z.string().min(1),
    seed: z.coerce.number().int().min(0),
    columns: z.coerce.number().int().min(1).max(64),
    rows: z.coerce.number().int().min(1).max(64),
    size: z.coerce.number().int().min(16).max(1024),
    style: z.enum(STYLES).optional(),
    show: z.enum(["scenes", "nouns"]),
  })
  .parse(values);

/** One scene for every noun in the catalogue, each alone in the middle. */
function nounScenes(): Scene[] {
  return ALL_DRAWINGS.map(({ noun, places }, i) => {
    const scene = sampleScene(hashWords(seed, i), { styles: style ? [style] : STYLES });
    const object = drawObject(randomSource(seed, i, 3), noun, "centre", [], COLOURS);
    return { ...scene, place: places?.[i % places.length] ?? scene.place, crowd: 1, objects: [object] };
  });
}

const scenes =
  show === "nouns"
    ? nounScenes()
    : Array.from({ length: columns * rows }, (_, i) =>
        sampleScene(hashWords(seed, i), style ? { styles: [style] } : {}),
      );
const tiles = await Promise.all(
  scenes.map(async (scene, i) => ({
    input: await renderScene(scene, size),
    raw: { width: size, height: size, channels: 3 as const },
    left: (i % columns) * size,
    top: Math.floor(i / columns) * size,
  })),
);
const height = Math.ceil(scenes.length / columns) * size;
await sharp({ create: { width: columns * size, height, channels: 3, background: "#222" } })
  .composite(tiles)
  .png()
  .toFile(out);
process.stdout.write(`${scenes.length} scenes in ${out}\n`);
