import { resolve } from "node:path";
import { deriveSeed } from "@/lib/domain/derive-seed";
import { runConfigSchema } from "@/lib/domain/run-config";
import { startLanes } from "@/lib/inference/start-lanes";
import type { InferenceEngine } from "@/lib/inference/types";
import { loadManifest } from "@/lib/packs/load-manifest";
import { toRequest } from "@/lib/stages/draw-batch";
import { recipeInputs } from "@/lib/stages/free-form";
import { type Benchmark, type Measured, median } from "./benchmark";
import { storybookEdits } from "./storybook-edits";

const packDirectory = resolve("models/storybook");
const rounds = 5;

async function withEngine(use: (engine: InferenceEngine) => Promise<Measured>): Promise<Measured> {
  const engine = await startLanes({ packDirectory });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

async function secondsPerPair(engine: InferenceEngine, batch: number): Promise<Measured> {
  const { manifest, hash } = await loadManifest(packDirectory);
  const { generator, name, version } = manifest;
  if (!generator) throw new Error("The pack has no generator.");
  const [edit] = await storybookEdits(1, 5, generator.sizes[0]!);
  if (!edit) throw new Error("No scene was drawn.");
  const settings = {
    runSeed: 1,
    stage: runConfigSchema.parse({ name: "bench" }).freeForm,
    pack: { name, version, hash },
    generator,
  };
  const times: number[] = [];
  // The first round loads the models.
  for (let round = 0; round <= rounds; round++) {
    const requests = Array.from({ length: batch }, (_, i) =>
      toRequest(recipeInputs(edit, settings, deriveSeed(round, i)), edit.anchor?.image),
    );
    const began = performance.now();
    const outcomes = await engine.generatePairs(requests);
    const pairs = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.pair] : []));
    await engine.score(pairs.map(({ source, target }) => ({ ...edit, source, target })));
    if (round > 0) times.push((performance.now() - began) / 1000 / batch);
  }
  return { value: median(times), note: `source and target drawn and scored, ${batch} at a time` };
}

export const benchmarks: Benchmark[] = [
  {
    name: "pack/pair",
    unit: "s",
    target: { atMost: 1.5 },
    run: () => withEngine((engine) => secondsPerPair(engine, 1)),
  },
  {
    name: "pack/pair-in-batch",
    unit: "s",
    target: { atMost: 1.5 },
    run: () => withEngine((engine) => secondsPerPair(engine, 4)),
  },
  {
    name: "pack/memory",
    unit: "MB",
    target: { atMost: 2000 },
    run: () =>
      withEngine(async (engine) => {
        await secondsPerPair(engine, 4);
        const { residentBytes, sessions } = await engine.status();
        return { value: residentBytes / 1e6, note: `${sessions.length} graphs loaded, this process` };
      }),
  },
];
