import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runConfigSchema } from "@/lib/domain/run-config";
import { startEngine } from "@/lib/inference/start-engine";
import type { InferenceEngine } from "@/lib/inference/types";
import { loadManifest } from "@/lib/packs/load-manifest";
import { anchorAtSize } from "@/lib/stages/anchor-image";
import { closestSize } from "@/lib/stages/closest-size";
import { drawBatch } from "@/lib/stages/draw-batch";
import { type FreeFormSettings, recipeInputs } from "@/lib/stages/free-form";

let folder: string;
let engine: InferenceEngine;
let settings: FreeFormSettings;

// The tiny pack, as if it had been trained at three shapes.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pentimento-sizes-"));
  await cp(fileURLToPath(new URL("../fixtures/packs/tiny-sdxl", import.meta.url)), folder, {
    recursive: true,
  });
  const file = join(folder, "pack.json");
  const pack = JSON.parse(await readFile(file, "utf8"));
  pack.generator.sizes = [
    [128, 128],
    [96, 160],
    [160, 96],
  ];
  await writeFile(file, JSON.stringify(pack));
  const { manifest, hash } = await loadManifest(folder);
  engine = await startEngine({ packDirectory: folder });
  settings = {
    runSeed: 3,
    stage: runConfigSchema.parse({ name: "x" }).freeForm,
    pack: { name: manifest.name, version: manifest.version, hash },
    generator: manifest.generator!,
  };
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const texts = {
  sourceCaption: "a red house",
  instruction: "Make the house blue.",
  targetCaption: "a blue house",
  editType: "change-color",
  editObject: "house",
  key: "k",
} as const;

it.each([
  { width: 320, height: 180, size: [96, 160], crop: [10, 0, 300, 180] },
  { width: 90, height: 160, size: [160, 96], crop: [0, 5, 90, 150] },
  { width: 200, height: 210, size: [128, 128], crop: [0, 5, 200, 200] },
])("draws a $width×$height anchor at $size and records its crop", async ({ width, height, size, crop }) => {
  const file = await sharp({ create: { width, height, channels: 3, background: "#8a5" } })
    .png()
    .toBuffer();
  const anchor = {
    sha256: "0".repeat(64),
    ...(await anchorAtSize(file, closestSize({ width, height }, settings.generator.sizes))),
  };
  const recipe = recipeInputs({ ...texts, anchor }, settings, 0);
  expect(recipe).toMatchObject({ size, crop });
  const { pairs, failed } = await drawBatch(engine, [{ recipe, anchor: anchor.image }]);
  expect(failed).toEqual([]);
  const { pair } = pairs[0]!;
  for (const image of [pair.source, pair.target]) {
    expect([image.height, image.width]).toEqual(size);
  }
});
