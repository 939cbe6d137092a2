import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { openLatentCodec } from "@/lib/diffusion/latent-codec";
import { createSourceTracks, startPair } from "@/lib/diffusion/pair-state";
import { sampleStep } from "@/lib/diffusion/sample-step";
import { sourceLatents } from "@/lib/diffusion/source-track";
import { openTextEncoder } from "@/lib/diffusion/text-conditioning";
import type { ControlWindow, GenerationRequest } from "@/lib/diffusion/types";
import { openUnet } from "@/lib/diffusion/unet-runner";
import type { RgbImage } from "@/lib/domain/image";
import { openPack, type Pack } from "@/lib/packs/open-pack";

/** A case of test/fixtures/p2p/make_fixtures.py: a plain PyTorch prompt-to-prompt on the same weights. */
interface Case {
  name: string;
  source: string;
  target: string;
  mode: "refine" | "replace" | "none";
  cross: number;
  self: number;
  crossWords?: Record<string, ControlWindow>;
  reweights?: Record<string, number>;
  localBlend?: [source: string[], target: string[]];
  guidance: number;
  negative?: string;
  steps: number;
  strength: number;
  anchor: boolean;
  region?: boolean;
  seed: number;
  /** How much the control matters: its largest change of the target, relative to the target's largest value. */
  effect: number;
  sourceLatents: string;
  targetLatents: string;
}

const fixtures = new URL("../fixtures/", import.meta.url);
const cases = JSON.parse(readFileSync(new URL("p2p/cases.json", fixtures), "utf8")) as Case[];
const size = 128;

// Anchor and mask as the script draws them.
const anchor: RgbImage = {
  width: size,
  height: size,
  data: Uint8Array.from(
    { length: 3 * size * size },
    (_, i) => Math.floor((i * 7) / 3) + Math.floor(i / 960) * 5,
  ),
};
const mask = { width: size, height: size, data: new Uint8Array(size * size) };
for (let y = 20; y < 100; y++) mask.data.fill(y < 90 ? 255 : 102, y * size + 36, y * size + 101);

function requestOf(given: Case): GenerationRequest {
  const { crossWords, reweights, localBlend } = given;
  return {
    sourceCaption: given.source,
    targetCaption: given.target,
    size: [size, size],
    ...(given.anchor && { anchor }),
    seed: given.seed,
    steps: given.steps,
    strength: given.strength,
    guidance: given.guidance,
    ...(given.negative !== undefined && { negativeCaption: given.negative }),
    control: {
      mode: given.mode,
      cross: given.cross,
      self: given.self,
      ...(crossWords && { crossWords }),
      ...(reweights && { reweights }),
      ...(localBlend && { localBlend: { sourceWords: localBlend[0], targetWords: localBlend[1] } }),
    },
    ...(given.region && { region: { mask } }),
  };
}

function decode(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, "base64")).buffer);
}

function distance(values: Float32Array, reference: Float32Array): number {
  expect(values).toHaveLength(reference.length);
  let [difference, largest] = [0, 0];
  reference.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - values[i]!));
    largest = Math.max(largest, Math.abs(value));
  });
  return difference / largest;
}

describe("prompt-to-prompt equals a plain PyTorch implementation on the same weights", () => {
  let pack: Pack;
  beforeAll(async () => {
    pack = await openPack(fileURLToPath(new URL("packs/tiny-sdxl", fixtures)));
  });

  /** Final latents of requests that share every batch. */
  async function sample(requests: readonly GenerationRequest[]) {
    const generator = pack.role("generator");
    const text = await openTextEncoder(pack, generator);
    const codec = openLatentCodec(pack, generator);
    const unet = openUnet(pack, generator, { maxRows: 64, beforeRun: async () => {} });
    const tracks = createSourceTracks();
    const pairs = await Promise.all(
      requests.map((request) => startPair(request, generator, text, codec, tracks)),
    );
    const most = Math.max(...pairs.map(({ schedule }) => schedule.timesteps.length));
    for (let i = 0; i < most; i++) {
      await sampleStep(
        pairs.filter(({ schedule }) => i < schedule.timesteps.length),
        i,
        unet,
      );
    }
    return pairs;
  }

  it.each(cases)("$name", async (given) => {
    const [pair] = await sample([requestOf(given)]);
    expect(distance(sourceLatents(pair!.source), decode(given.sourceLatents))).toBeLessThan(1e-3);
    expect(distance(pair!.target, decode(given.targetLatents))).toBeLessThan(1e-3);
  });

  it("holds with all pairs in one batch", async () => {
    const pairs = await sample(cases.map(requestOf));
    cases.forEach((given, index) => {
      expect(distance(pairs[index]!.target, decode(given.targetLatents)), given.name).toBeLessThan(1e-3);
    });
  });

  it("would notice missing control", () => {
    const controlled = cases.filter(({ name }) => name !== "no control");
    for (const { effect, name } of controlled) expect(effect, name).toBeGreaterThan(0.01);
  });
});
