import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { RgbImage } from "@/lib/domain/image";
import type { ScoreId } from "@/lib/domain/scores";
import { openPack } from "@/lib/packs/open-pack";
import { openEmbedders } from "@/lib/perception/open-embedders";
import { scorePair } from "@/lib/perception/score-pair";

const fixtures = new URL("../fixtures/", import.meta.url);
const { width, height, captions, scores } = JSON.parse(
  readFileSync(new URL("perception/scores.json", fixtures), "utf8"),
) as { width: number; height: number; captions: [string, string]; scores: Record<ScoreId, number> };

// Drawn as make_score_fixtures.py draws them.
const source: RgbImage = {
  width,
  height,
  data: Uint8Array.from(
    { length: 3 * width * height },
    (_, i) => Math.floor((i * 5) / 7) + Math.floor(i / 810) * 3,
  ),
};
const inBand = (i: number) => Math.floor(i / 3) % width > 30 && Math.floor(i / 3) % width < 70;
const target: RgbImage = {
  ...source,
  data: source.data.map((level, i) => (inBand(i) ? 255 - level : level)),
};

describe("the embedding scores", () => {
  it("equal transformers' CLIP and DINOv2 on the same weights", async () => {
    const pack = await openPack(fileURLToPath(new URL("packs/tiny-sdxl", fixtures)));
    const result = await scorePair(openEmbedders(pack), {
      source,
      target,
      sourceCaption: captions[0],
      targetCaption: captions[1],
    });
    for (const [id, value] of Object.entries(scores)) {
      expect(result.scores[id as ScoreId], id).toBeCloseTo(value, 3);
    }
    expect(result.missing).toEqual({ unsafe: "The model pack tiny-sdxl has no safety." });
  });
});
