import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openGenerator } from "@/lib/diffusion/open-generator";
import type { GenerationRequest } from "@/lib/diffusion/types";
import type { RgbImage } from "@/lib/domain/image";
import { openPack } from "@/lib/packs/open-pack";

const anchor: RgbImage = {
  width: 128,
  height: 128,
  data: Uint8Array.from({ length: 3 * 128 * 128 }, (_, i) => (i * 7 + Math.floor(i / 384) * 3) % 256),
};
const request = (targetCaption: string): GenerationRequest => ({
  sourceCaption: "a red house",
  targetCaption,
  size: [128, 128],
  anchor,
  keepAnchor: true,
  seed: 4,
  steps: 4,
  strength: 0.8,
  guidance: 1,
  control: { mode: "refine", cross: 0.5, self: 0.5 },
});

it.each(["tiny-sdxl", "tiny-sd15"])("keeps the anchor itself as the source, with %s", async (name) => {
  const pack = await openPack(fileURLToPath(new URL(`../fixtures/packs/${name}`, import.meta.url)));
  const generator = await openGenerator(pack);
  const [same, other] = await generator.generatePairs([request("a red house"), request("a blue boat")]);
  if (!same?.ok || !other?.ok) throw new Error("Both must be drawn.");
  // With equal captions nothing changes, whatever the model's weights: not a single level.
  expect(same.pair.source).toEqual(anchor);
  expect(same.pair.target).toEqual(anchor);
  expect(other.pair.source).toEqual(anchor);

  const missing = { ...request("a blue boat") } as Partial<GenerationRequest> & GenerationRequest;
  delete (missing as { anchor?: RgbImage }).anchor;
  expect((await generator.generatePairs([missing]))[0]).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/no anchor to keep/),
  });
});
