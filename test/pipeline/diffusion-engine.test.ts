import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GeneratedPair, GenerationOutcome, GenerationRequest } from "@/lib/diffusion/types";
import { noiseOfSeed, turnNoise } from "@/lib/domain/draw-noise";
import { smokeImage } from "@/lib/inference/smoke-image";
import { startEngine } from "@/lib/inference/start-engine";
import { startLanes } from "@/lib/inference/start-lanes";
import type { InferenceEngine } from "@/lib/inference/types";
import { loadManifest } from "@/lib/packs/load-manifest";

/** Random weights in the layout of SDXL: two text encoders, pooled text and size conditioning. */
const packDirectory = fileURLToPath(new URL("../fixtures/packs/tiny-sdxl", import.meta.url));

let engine: InferenceEngine;
let base: GenerationRequest;

beforeAll(async () => {
  const { manifest } = await loadManifest(packDirectory);
  const [height, width] = manifest.generator!.sizes[0]!;
  engine = await startEngine({ packDirectory, threads: 2 });
  base = {
    sourceCaption: "a red car by the house",
    targetCaption: "a blue car by the house",
    size: [height, width],
    anchor: smokeImage(width, height),
    seed: 11,
    steps: 5,
    strength: 0.6,
    guidance: 1,
    control: { mode: "refine", cross: 0.5, self: 0.5 },
  };
});
afterAll(() => engine.close());

function pairOf(outcome: GenerationOutcome | undefined): GeneratedPair {
  if (!outcome?.ok) throw new Error(outcome?.reason ?? "no outcome");
  return outcome.pair;
}

/** Peak signal-to-noise ratio of 8-bit pixels in decibels; infinite if they are equal. */
function psnr(a: Uint8Array, b: Uint8Array): number {
  const error = a.reduce((sum, level, i) => sum + (level - b[i]!) ** 2, 0) / a.length;
  return 10 * Math.log10(255 ** 2 / error);
}

describe("pairs from real sessions in the engine's thread", () => {
  it("are reproducible, and the same alone and in any batch", async () => {
    const alone = pairOf((await engine.generatePairs([base]))[0]);
    const again = pairOf((await engine.generatePairs([base]))[0]);
    expect(again.source.data).toEqual(alone.source.data);
    expect(again.target.data).toEqual(alone.target.data);
    const together = await engine.generatePairs([
      { ...base, seed: 1, steps: 8 },
      { ...base, guidance: 3 },
      base,
      { ...base, control: { mode: "none", cross: 0, self: 0 } },
      { ...base, sourceCaption: "a cat", control: { mode: "replace", cross: 1, self: 1 } },
    ]);
    const mixed = pairOf(together[2]);
    expect(mixed.recipe).toEqual(alone.recipe);
    // Another batch size may take another path through the arithmetic; the floor is what the recipe promises.
    expect(psnr(mixed.source.data, alone.source.data)).toBeGreaterThanOrEqual(50);
    expect(psnr(mixed.target.data, alone.target.data)).toBeGreaterThanOrEqual(50);
    expect(together[4]).toMatchObject({ ok: false, reason: expect.stringContaining("same number of words") });
  });

  it("begin with a sum of noises, and are the more alike the less it was turned", async () => {
    const noises = [
      noiseOfSeed(11),
      ...[0.1, 0.9].map((s) => turnNoise(noiseOfSeed(11), noiseOfSeed(12), s)),
    ];
    const [alone, same, near, far] = (
      await engine.generatePairs([base, ...noises.map((noiseSum) => ({ ...base, noiseSum }))])
    ).map(pairOf);
    expect(same!.source.data).toEqual(alone!.source.data);
    const likeness = [near, far].map((pair) => psnr(pair!.source.data, alone!.source.data));
    expect(likeness[0]!).toBeGreaterThan(likeness[1]!);
    expect(likeness[0]!).toBeLessThan(Number.POSITIVE_INFINITY);
    const [refused] = await engine.generatePairs([{ ...base, noiseSum: [{ seed: 1, weight: 2 }] }]);
    expect(refused).toMatchObject({ ok: false, reason: expect.stringMatching(/noiseSum.*add up to 1/) });
  });

  it("share the work on a source that they have in common, and stay what they are alone", async () => {
    const shared = [0.9, 0.5, 0.2].map((cross) => ({
      ...base,
      seed: 21,
      sourceControl: { cross: 0.9, self: 0.9 },
      control: { mode: "refine", cross, self: cross } as const,
    }));
    const together = (await engine.generatePairs(shared)).map(pairOf);
    for (const [i, request] of shared.entries()) {
      // Another engine remembers no source of the first.
      const other = await startEngine({ packDirectory, threads: 2 });
      const alone = pairOf((await other.generatePairs([request]))[0]);
      await other.close();
      expect(together[i]!.source.data).toEqual(together[0]!.source.data);
      expect(psnr(together[i]!.source.data, alone.source.data)).toBeGreaterThanOrEqual(50);
      expect(psnr(together[i]!.target.data, alone.target.data)).toBeGreaterThanOrEqual(50);
      expect(together[i]!.recipe.steps).toEqual(alone.recipe.steps);
      expect(together[i]!.recipe.unetEvaluations).toBeLessThanOrEqual(alone.recipe.unetEvaluations);
    }
    const [first, second] = together.map(({ recipe }) => recipe.unetEvaluations);
    expect(second).toBeLessThan(first!);
  });

  it("without a difference in captions are equal, whatever the control", async () => {
    for (const control of [
      { mode: "refine", cross: 1, self: 1 },
      { mode: "replace", cross: 0.5, self: 0.5 },
      { mode: "none", cross: 0, self: 0 },
    ] as const) {
      const pair = pairOf(
        (await engine.generatePairs([{ ...base, targetCaption: base.sourceCaption, control }]))[0],
      );
      expect(psnr(pair.source.data, pair.target.data)).toBeGreaterThanOrEqual(50);
    }
  });

  it("keep the source exactly outside a region", async () => {
    const [height, width] = base.size;
    const mask = {
      width,
      height,
      data: new Uint8Array(width * height).map((_, i) => (i % width < width / 2 ? 255 : 0)),
    };
    const control = { mode: "none", cross: 0, self: 0 } as const;
    const { source, target } = pairOf(
      (await engine.generatePairs([{ ...base, control, region: { mask } }]))[0],
    );
    const differs = (x: number, y: number) =>
      [0, 1, 2].some((c) => source.data[3 * (y * width + x) + c] !== target.data[3 * (y * width + x) + c]);
    const columns = Array.from({ length: width }, (_, x) => x);
    const changed = columns.filter((x) => columns.some((y) => y < height && differs(x, y)));
    expect(changed.every((x) => x < width / 2)).toBe(true);
  });

  it("take every kind of control, with and without guidance and anchor", async () => {
    const variants: GenerationRequest[] = [
      { ...base, control: { ...base.control, reweights: { blue: 2 } } },
      { ...base, control: { ...base.control, localBlend: { sourceWords: ["car"], targetWords: ["car"] } } },
      { ...base, control: { ...base.control, cross: 1, crossWords: { blue: [0, 0.2] } }, guidance: 5 },
      {
        ...base,
        sourceCaption: "赤い車 と 家",
        targetCaption: "青い車 と 家",
        control: { mode: "replace", cross: 1, self: 0 },
      },
      { ...base, targetCaption: "a very long story ".repeat(40) },
    ];
    const { anchor: _, ...free } = base;
    const outcomes = await engine.generatePairs([...variants, free]);
    const pairs = outcomes.map(pairOf);
    expect(pairs[4]!.recipe.truncated).toEqual({ source: false, target: true });
    expect(pairs[5]!.recipe.steps).toHaveLength(5);
  });
});

describe("the engine", () => {
  it("scores pairs and embeds, or says what the pack lacks", async () => {
    const pair = pairOf((await engine.generatePairs([base]))[0]);
    const { sourceCaption, targetCaption } = base;
    const [result] = await engine.score([
      { source: pair.source, target: pair.target, sourceCaption, targetCaption },
    ]);
    expect(result!.scores.ssim).toBeGreaterThan(0);
    for (const id of ["clipSource", "dino"] as const) {
      expect(result!.scores[id] === undefined).toBe(result!.missing[id] !== undefined);
    }
  });

  it("lets interactive calls overtake a batch", async () => {
    await engine.generatePairs([base]);
    const order: string[] = [];
    const batch = engine
      .generatePairs(Array.from({ length: 4 }, (_, i) => ({ ...base, seed: i, steps: 14 })))
      .then(() => order.push("batch"));
    const status = engine.status().then(() => order.push("status"));
    await Promise.all([batch, status]);
    expect(order).toEqual(["status", "batch"]);
  });

  it("reports its sessions and memory", async () => {
    const status = await engine.status();
    expect(status.sessions.length).toBeGreaterThanOrEqual(4);
    expect(status.residentBytes).toBeGreaterThan(10e6);
    expect(status.provider).toBe("cpu");
  });

  it("come from lanes as from one thread, in order", { timeout: 60_000 }, async () => {
    const lanes = await startLanes({ packDirectory, threads: 2 });
    const requests = [1, 2, 3].map((seed) => ({ ...base, seed }));
    const shared = await lanes.generatePairs([...requests, { ...base, steps: 0 }]);
    const alone = await engine.generatePairs(requests);
    expect(shared[3]).toMatchObject({ ok: false });
    for (const [n, outcome] of alone.entries()) {
      expect(psnr(pairOf(shared[n]).target.data, pairOf(outcome).target.data)).toBeGreaterThanOrEqual(50);
    }
    const { sessions } = await lanes.status();
    expect(sessions.filter(({ file }) => file === "unet.controlled.onnx")).toHaveLength(2);
    await lanes.close();
    await expect(lanes.status()).rejects.toThrow("closed");
  });

  it("rejects what is asked of it after it was closed, and what was waiting", async () => {
    const other = await startEngine({ packDirectory });
    const waiting = other.generatePairs([base]);
    waiting.catch(() => {});
    await other.close();
    await expect(waiting).rejects.toThrow(/was closed/);
    await expect(other.status()).rejects.toThrow(/was closed/);
  });

  it("does not start on a folder that is no pack", async () => {
    await expect(startEngine({ packDirectory: "/nowhere" })).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining("/nowhere"),
    });
  });

  it("names a provider that is not there", async () => {
    const other = await startEngine({ packDirectory, provider: "cuda" });
    await expect(other.generatePairs([base])).rejects.toThrow(/provider "cuda"/);
    await other.close();
  });
});
