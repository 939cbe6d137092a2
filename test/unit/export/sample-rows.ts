import { createHash } from "node:crypto";
import sharp from "sharp";
import type { ExportRow, PreferenceRow } from "@/lib/export/export-row";
import type { CardFacts } from "@/lib/export/export-types";

/** A gradient between two colours, so that every row's images differ and survive a JPEG. */
export function gradient(seed: number, size = 64, format: "png" | "jpeg" | "webp" = "png"): Promise<Buffer> {
  const data = Buffer.alloc(size * size * 3);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      data.set([(x * 4 + seed * 37) & 255, (y * 4 + seed * 11) & 255, (seed * 53) & 255], (y * size + x) * 3);
  return sharp(data, { raw: { width: size, height: size, channels: 3 } })
    .withExif({ IFD0: { Artist: "a secret person" } })
    .toFormat(format)
    .toBuffer();
}

export function squareMask(size = 64): Promise<Buffer> {
  const data = Buffer.alloc(size * size);
  for (let y = 8; y < 24; y++) data.fill(255, y * size + 8, y * size + 24);
  return sharp(data, { raw: { width: size, height: size, channels: 1 } })
    .png()
    .toBuffer();
}

const TYPES = ["add", "remove", "change-color", "turn"];

/** One sample; every third has a mask, every fourth lacks its DINO score, two share an anchor. */
export async function sampleRow(index: number, changes: Partial<ExportRow> = {}): Promise<ExportRow> {
  return {
    id: `sample-${index}`,
    inputImage: await gradient(index, 64, "webp"),
    editedImage: await gradient(index + 1000),
    maskImage: index % 3 === 0 ? await squareMask() : null,
    editPrompt: index === 1 ? 'Füge ein "rotes" Boot hinzu, 犬 | <b>' : `Make it number ${index}`,
    sourceCaption: `a picture of number ${index}`,
    targetCaption: `a picture of another number than ${index}`,
    editType: TYPES[index % TYPES.length]!,
    editObject: index % 2 === 0 ? "number" : null,
    scores: { clipSource: 0.25, clipDirection: 0.125, ssim: 0.5, ...(index % 4 !== 0 && { dino: 0.75 }) },
    seed: 2 ** 40 + index,
    steps: 4,
    strength: 0.5,
    guidance: null,
    crossThreshold: 0.8,
    selfThreshold: 0.4,
    maskKind: index % 3 === 0 ? "soft" : "none",
    modelPack: "storybook 1.0.0",
    modelPackSha256: "ab".repeat(32),
    generator: "Storybook UNet (embedded)",
    instructionSource: "seed recombination",
    licence: index % 2 === 0 ? "CC BY 4.0" : null,
    attribution: index % 2 === 0 ? "Ann | Author" : null,
    sourceUrl: "https://example.org/photo",
    anchorSha256: createHash("sha256")
      .update(`anchor ${index >> 1}`)
      .digest("hex"),
    decision: "approved",
    reviewer: "owner",
    chainId: null,
    turnIndex: 0,
    previousId: null,
    recipe: { seed: 2 ** 40 + index, steps: 4 },
    ...changes,
  };
}

export async function* sampleRows(
  count: number,
  changes: Partial<ExportRow> = {},
): AsyncGenerator<ExportRow> {
  for (let index = 0; index < count; index++) yield sampleRow(index, changes);
}

export async function* preferenceRows(count: number): AsyncGenerator<PreferenceRow> {
  for (let index = 0; index < count; index++)
    yield {
      id: `pair-${index}`,
      inputImage: await gradient(index),
      chosenImage: await gradient(index + 1),
      rejectedImage: await gradient(index + 2),
      editPrompt: `Make it number ${index}`,
      editType: "add",
      preferredBy: "selection",
      reason: "ssim",
      chosenScores: { ssim: 0.9 },
      rejectedScores: { ssim: 0.1 },
      licence: "CC BY 4.0",
      attribution: null,
      sourceUrl: null,
      anchorSha256: "cd".repeat(32),
    };
}

export const CARD: CardFacts = {
  name: "Gradients: a test",
  date: "2026-11-23",
  softwareVersion: "0.1.0",
  makers: [
    { part: "Pixels", maker: "Storybook UNet", note: "embedded, 256 px" },
    { part: "Instructions", maker: "seed recombination" },
  ],
  funnel: [
    { stage: "Anchors", count: 1234 },
    { stage: "Approved samples", count: 20 },
  ],
  thresholds: [{ score: "ssim", min: 0.1 }],
  policyVersion: "3",
  limitations: ["It cannot draw hands."],
};
