import { describe, expect, it } from "vitest";
import { type GeneratorOptions, openGenerator } from "@/lib/diffusion/open-generator";
import type { GeneratedPair, GenerationOutcome, GenerationRequest } from "@/lib/diffusion/types";
import type { RgbImage } from "@/lib/domain/image";
import type { IntTensor } from "@/lib/packs/model";
import { fakePack } from "./fake-pack";

const anchor: RgbImage = {
  width: 16,
  height: 16,
  data: Uint8Array.from({ length: 768 }, (_, i) => (i * 37) % 256),
};
const base: GenerationRequest = {
  sourceCaption: "a red car",
  targetCaption: "a blue car",
  size: [16, 16],
  anchor,
  seed: 3,
  steps: 5,
  strength: 0.6,
  guidance: 1,
  control: { mode: "refine", cross: 0.5, self: 0.34 },
};

const run = (...requests: GenerationRequest[]) => runWith({}, ...requests);

async function runWith(options: GeneratorOptions, ...requests: GenerationRequest[]) {
  const { pack, runs } = fakePack();
  const outcomes = await (await openGenerator(pack, options)).generatePairs(requests);
  return { outcomes, runs, unet: runs.filter(({ file }) => file.startsWith("unet")) };
}

function pairOf(outcome: GenerationOutcome | undefined): GeneratedPair {
  if (!outcome?.ok) throw new Error(outcome?.reason ?? "no outcome");
  return outcome.pair;
}

describe("making pairs", () => {
  it("routes each step by the pair's own gates and records it", async () => {
    const { outcomes, unet } = await run(base);
    // Three real steps: cross-attention until ⌊4·0.5⌋ = 2, self-attention until ⌊3·0.34⌋ = 1.
    expect(
      pairOf(outcomes[0]).recipe.steps.map(({ graph, selfGate, blended }) => [graph, selfGate, blended]),
    ).toEqual([
      ["controlled", 1, false],
      ["controlled", 0, false],
      ["plain", 0, false],
    ]);
    expect(unet.map(({ file }) => file)).toEqual([
      "unet.controlled.onnx",
      "unet.controlled.onnx",
      "unet.onnx",
    ]);
    expect(pairOf(outcomes[0]).recipe.unetEvaluations).toBe(6);
  });

  it("gives a pair the same bytes whatever shares its batch", async () => {
    const variants: GenerationRequest[] = [
      { ...base, seed: 99, steps: 8 },
      { ...base, guidance: 4 },
      { ...base, control: { mode: "none", cross: 0, self: 0 } },
      { ...base, targetCaption: "a small red house by the sea" },
    ];
    const alone = await run(base);
    const together = await run(...variants, base, ...variants);
    const [one, many] = [pairOf(alone.outcomes[0]), pairOf(together.outcomes[4])];
    expect(many.source.data).toEqual(one.source.data);
    expect(many.target.data).toEqual(one.target.data);
    expect(many.recipe).toEqual(one.recipe);
  });

  it("starts source and target from the same noise and gives both the same fresh noise", async () => {
    const same = {
      ...base,
      targetCaption: base.sourceCaption,
      control: { mode: "none", cross: 0, self: 0 },
    } as const;
    const pair = pairOf((await run(same)).outcomes[0]);
    expect(pair.target.data).toEqual(pair.source.data);
    const other = pairOf((await run({ ...same, seed: 4 })).outcomes[0]);
    expect(other.source.data).not.toEqual(pair.source.data);
  });

  it("runs guidance rows on the plain graph, without control", async () => {
    const { unet, outcomes } = await run({ ...base, guidance: 3 });
    expect(unet.map(({ file, inputs }) => [file, inputs.sample!.dims[0]])).toEqual([
      ["unet.controlled.onnx", 2],
      // Before the first step source and target are the same latents.
      ["unet.onnx", 1],
      ["unet.controlled.onnx", 2],
      ["unet.onnx", 2],
      ["unet.onnx", 4],
    ]);
    expect(pairOf(outcomes[0]).recipe.unetEvaluations).toBe(11);
  });

  it("applies guidance away from the negative caption", async () => {
    // With the negative caption equal to both captions guidance must change nothing.
    const plain = {
      ...base,
      targetCaption: base.sourceCaption,
      control: { mode: "none", cross: 0, self: 0 },
    } as const;
    const without = pairOf((await run(plain)).outcomes[0]);
    const guided = pairOf(
      (await run({ ...plain, guidance: 5, negativeCaption: plain.sourceCaption })).outcomes[0],
    );
    expect(guided.source.data).toEqual(without.source.data);
    const away = pairOf((await run({ ...plain, guidance: 5 })).outcomes[0]);
    expect(away.source.data).not.toEqual(without.source.data);
  });

  it("works without an anchor", async () => {
    const { outcomes, runs } = await run({
      ...base,
      anchor: undefined,
      strength: 0.1,
    } as unknown as GenerationRequest);
    expect(pairOf(outcomes[0]).recipe.steps).toHaveLength(5);
    expect(runs.some(({ file }) => file === "encoder.onnx")).toBe(false);
  });

  it("encodes a caption and an anchor once for many candidates", async () => {
    const { runs } = await run(...[1, 2, 3, 4].map((seed) => ({ ...base, seed })));
    const count = (name: string) => runs.filter(({ file }) => file === name).length;
    expect([count("text.onnx"), count("encoder.onnx"), count("decoder.onnx")]).toEqual([2, 1, 8]);
  });

  it("keeps the source exactly where the mask is 0", async () => {
    const mask = { width: 16, height: 16, data: new Uint8Array(256).map((_, i) => (i % 16 < 9 ? 255 : 0)) };
    const pair = pairOf((await run({ ...base, region: { mask } })).outcomes[0]);
    expect(pair.recipe.steps.map(({ blended }) => blended)).toEqual([false, true, false]);
    let changed = 0;
    for (let i = 0; i < 768; i++) {
      if (Math.floor(i / 3) % 16 >= 9) expect(pair.target.data[i]).toBe(pair.source.data[i]);
      else if (pair.target.data[i] !== pair.source.data[i]) changed++;
    }
    expect(changed).toBeGreaterThan(0);
  });

  it("puts the anchor back behind the region after the last step of a full schedule", async () => {
    const mask = { width: 16, height: 16, data: new Uint8Array(256).map((_, i) => (i % 16 < 8 ? 255 : 0)) };
    const pair = pairOf((await run({ ...base, region: { mask, blend: "every" } })).outcomes[0]);
    // The fake VAE keeps the top-left pixel of every 4×4 cell, first two channels.
    const at = 3 * (4 * 16 + 12);
    expect(Math.abs(pair.source.data[at]! - anchor.data[at]!)).toBeLessThanOrEqual(1);
  });

  it("gives no picture of numbers that ran over", async () => {
    const { outcomes } = await run({ ...base, guidance: 1e40 }, base);
    expect(outcomes[0]).toMatchObject({ ok: false, reason: expect.stringContaining("not finite") });
    expect(outcomes[1]?.ok).toBe(true);
  });

  it.each([
    [{ control: { mode: "replace", cross: 1, self: 1 }, targetCaption: "a car" }, /same number of words/],
    [{ steps: 2, strength: 0.3 }, /no step/],
    [{ size: [20, 16] }, /16×16/],
    [{ seed: -1 }, /seed/],
    [{ targetCaption: "  " }, /targetCaption/],
    [{ anchor: { ...anchor, width: 8 } }, /anchor/],
    [{ region: { mask: { width: 16, height: 16, data: new Uint8Array(256) } } }, /mask is empty/],
    [
      {
        control: { mode: "refine", cross: 1, self: 1, localBlend: { sourceWords: ["car"], targetWords: [] } },
      },
      /attention maps/,
    ],
  ] as [Partial<GenerationRequest>, RegExp][])(
    "says why a request cannot be done and goes on with the rest: %#",
    async (change, reason) => {
      const { outcomes } = await run({ ...base, ...change }, base);
      expect(outcomes[0]).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
      expect(outcomes[1]?.ok).toBe(true);
    },
  );
});

describe("targets of one source", () => {
  const sourceControl = { cross: 0.8, self: 0.7 };
  const targets = [0.8, 0.5, 0.1].map(
    (cross): GenerationRequest => ({ ...base, sourceControl, control: { mode: "refine", cross, self: 0 } }),
  );
  const unetRows = (unet: { inputs: { sample?: { dims: readonly number[] } } }[]) =>
    unet.reduce((sum, { inputs }) => sum + inputs.sample!.dims[0]!, 0);
  const rowsOf = (runs: { file: string; inputs: { sample?: { dims: readonly number[] } } }[]) =>
    runs.map(({ file, inputs }) => `${file} ${inputs.sample?.dims[0]}`);

  it("are the same bytes as each target drawn alone", async () => {
    const together = (await run(...targets)).outcomes.map(pairOf);
    for (const [i, request] of targets.entries()) {
      const alone = pairOf((await run(request)).outcomes[0]);
      expect(together[i]!.source.data).toEqual(alone.source.data);
      expect(together[i]!.target.data).toEqual(alone.target.data);
      expect(together[i]!.recipe.steps).toEqual(alone.recipe.steps);
      expect(alone.source.data).toEqual(together[0]!.source.data);
    }
  });

  it("take their source's steps once, and say what was run", async () => {
    const { runs, unet, outcomes } = await run(...targets);
    // Three real steps; source and targets are on the controlled graph for ⌊4·cross⌋ = 3 and 3, 2, 0 of them.
    expect(rowsOf(unet)).toEqual([
      "unet.controlled.onnx 3",
      "unet.onnx 1",
      "unet.controlled.onnx 3",
      "unet.onnx 1",
      "unet.controlled.onnx 2",
      "unet.onnx 2",
    ]);
    const rows = outcomes.map((outcome) => pairOf(outcome).recipe.unetEvaluations);
    expect(rows).toEqual([6, 3, 3]);
    expect(rows.reduce((a, b) => a + b)).toBe(unetRows(unet));
    expect(runs.filter(({ file }) => file === "decoder.onnx")).toHaveLength(4);
  });

  it("cost the same in any order, the source's rows with those that are under its control", async () => {
    const { unet, outcomes } = await run(...[...targets].reverse());
    expect(rowsOf(unet)).toEqual([
      "unet.controlled.onnx 3",
      "unet.onnx 1",
      "unet.controlled.onnx 3",
      "unet.onnx 1",
      "unet.controlled.onnx 2",
      "unet.onnx 2",
    ]);
    expect(outcomes.map((outcome) => pairOf(outcome).recipe.unetEvaluations)).toEqual([3, 5, 4]);
  });

  it("find the source drawn when they come in later batches", async () => {
    const { pack, runs } = fakePack();
    const generator = await openGenerator(pack);
    const free = targets.map((request) => ({
      ...request,
      guidance: 3,
      sourceControl: { cross: 0, self: 0 },
      control: { mode: "none", cross: 0, self: 0 } as const,
    }));
    const first = pairOf((await generator.generatePairs([free[0]!]))[0]);
    const before = runs.length;
    const later = (await generator.generatePairs([free[1]!, free[2]!])).map(pairOf);
    // Before the first step both targets are the same latents and have one guidance row.
    expect(rowsOf(runs.slice(before).filter(({ file }) => file.startsWith("unet")))).toEqual([
      "unet.onnx 3",
      "unet.onnx 4",
      "unet.onnx 4",
    ]);
    expect(first.recipe.unetEvaluations).toBe(11);
    expect(later.map(({ recipe }) => recipe.unetEvaluations)).toEqual([6, 5]);
    expect(later[0]!.source.data).toEqual(first.source.data);
    expect(later[0]!.target.data).toEqual(first.target.data);
  });

  it("take 4 rows a step instead of 6 where three are under control, with their source in the same run", async () => {
    const controlled = [0.8, 0.9, 1].map((cross) => ({
      ...targets[0]!,
      control: { ...base.control, cross },
    }));
    const { unet, outcomes } = await run(...controlled);
    expect(rowsOf(unet)).toEqual(new Array(3).fill("unet.controlled.onnx 4"));
    for (const { inputs } of unet)
      expect(Array.from((inputs.source_row as IntTensor).data, Number)).toEqual([0, 0, 0, 0]);
    expect(outcomes.map((outcome) => pairOf(outcome).recipe.unetEvaluations)).toEqual([6, 3, 3]);
    expect(
      (await Promise.all(controlled.map((request) => run(request)))).flatMap(({ unet }) => rowsOf(unet)),
    ).toEqual(new Array(9).fill("unet.controlled.onnx 2"));
  });

  it.each([1, 2, 3, 4, 5])("are never parted from their source by runs of %i rows", async (maxRows) => {
    const many = [0.8, 0.85, 0.9, 1].map((cross) => ({
      ...targets[0]!,
      control: { ...base.control, cross },
    }));
    const requests = [base, ...many, { ...base, seed: 8 }].map((request) => ({ ...request, guidance: 2 }));
    const whole = await run(...requests);
    const { outcomes, unet } = await runWith({ maxRows }, ...requests);
    for (const [i, outcome] of outcomes.entries()) {
      expect(pairOf(outcome).source.data).toEqual(pairOf(whole.outcomes[i]).source.data);
      expect(pairOf(outcome).target.data).toEqual(pairOf(whole.outcomes[i]).target.data);
    }
    for (const { file, inputs } of unet)
      expect(inputs.sample!.dims[0], file).toBeLessThanOrEqual(
        file === "unet.onnx" ? maxRows : Math.max(2, maxRows),
      );
    const rows = outcomes.reduce((sum, outcome) => sum + pairOf(outcome).recipe.unetEvaluations, 0);
    expect(rows).toBe(unetRows(unet));
    // The source's row is repeated in each run that its targets need: three steps of four targets.
    const controlled = unetRows(unet.filter(({ file }) => file !== "unet.onnx"));
    const repeated = Math.ceil(4 / Math.max(1, maxRows - 1)) - 1;
    expect(controlled - unetRows(whole.unet.filter(({ file }) => file !== "unet.onnx"))).toBe(3 * repeated);
  });

  it("find their source's attention when it has taken its steps before", async () => {
    const { pack, runs } = fakePack();
    const generator = await openGenerator(pack);
    const first = pairOf((await generator.generatePairs([targets[2]!]))[0]);
    const before = runs.length;
    const later = (await generator.generatePairs(targets.slice(0, 2))).map(pairOf);
    expect(rowsOf(runs.slice(before).filter(({ file }) => file.startsWith("unet")))).toEqual([
      "unet.controlled.onnx 3",
      "unet.controlled.onnx 3",
      "unet.controlled.onnx 2",
      "unet.onnx 1",
    ]);
    expect(later.map(({ recipe }) => recipe.unetEvaluations)).toEqual([6, 3]);
    for (const [i, pair] of later.entries()) {
      const alone = pairOf((await run(targets[i]!)).outcomes[0]);
      expect(pair.source.data).toEqual(first.source.data);
      expect(pair.target.data).toEqual(alone.target.data);
    }
  });

  it("share nothing when anything of the source differs", async () => {
    const others = [{ seed: 4 }, { guidance: 2 }, { strength: 1 }, { sourceCaption: "a green car" }].map(
      (change) => ({ ...targets[0]!, ...change }),
    );
    const alone = await Promise.all(others.map(async (request) => pairOf((await run(request)).outcomes[0])));
    const together = (await run(targets[0]!, ...others)).outcomes.slice(1).map(pairOf);
    expect(together.map(({ recipe }) => recipe)).toEqual(alone.map(({ recipe }) => recipe));
    expect(together.map(({ source }) => source)).toEqual(alone.map(({ source }) => source));
  });

  it("keep the anchor and its surroundings alike", async () => {
    const mask = { width: 16, height: 16, data: new Uint8Array(256).map((_, i) => (i % 16 < 9 ? 255 : 0)) };
    for (const change of [
      { keepAnchor: true },
      { region: { mask } },
      { region: { mask }, keepAnchor: true },
    ]) {
      const requests = targets.map((request) => ({ ...request, ...change }));
      const together = (await run(...requests)).outcomes.map(pairOf);
      for (const [i, request] of requests.entries()) {
        expect(together[i]!.target.data).toEqual(pairOf((await run(request)).outcomes[0]).target.data);
        expect(together[i]!.source.data).toEqual(together[0]!.source.data);
      }
    }
  });
});
