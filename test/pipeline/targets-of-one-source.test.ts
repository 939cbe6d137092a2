import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openGenerator } from "@/lib/diffusion/open-generator";
import type { GenerationRequest } from "@/lib/diffusion/types";
import { smokeImage } from "@/lib/inference/smoke-image";
import { openPack } from "@/lib/packs/open-pack";

const root = new URL("../../", import.meta.url);

it.each(["test/fixtures/packs/tiny-sdxl", "models/storybook"])(
  "three targets are each the bytes that they are alone, in 21 rows instead of 33: %s",
  { timeout: 60_000 },
  async (folder) => {
    const pack = await openPack(fileURLToPath(new URL(folder, root)), { threads: 1 });
    const [height, width] = pack.role("generator").sizes[0]!;
    const requests = [0.9, 0.7, 0.5].map(
      (threshold): GenerationRequest => ({
        sourceCaption: "a red car by the house",
        targetCaption: "a blue car by the house",
        size: [height, width],
        anchor: smokeImage(width, height),
        seed: 5,
        steps: 4,
        strength: 0.9,
        guidance: 3,
        sourceControl: { cross: 0.9, self: 0.9 },
        control: { mode: "refine", cross: threshold, self: threshold },
      }),
    );
    // A generator of its own for each call remembers no source.
    const draw = async (...some: GenerationRequest[]) => {
      const outcomes = await (await openGenerator(pack)).generatePairs(some);
      return outcomes.map((outcome) => {
        if (!outcome.ok) throw new Error(outcome.reason);
        return outcome.pair;
      });
    };
    const together = await draw(...requests);
    let rows = 0;
    for (const [i, request] of requests.entries()) {
      const [alone] = await draw(request);
      expect(together[i]!.source.data).toEqual(alone!.source.data);
      expect(together[i]!.target.data).toEqual(alone!.target.data);
      expect(together[i]!.recipe.steps).toEqual(alone!.recipe.steps);
      rows += alone!.recipe.unetEvaluations;
    }
    expect(together[2]!.target.data).not.toEqual(together[0]!.target.data);
    // Three steps: source, three targets and four guidance rows, but for the first step, which has one guidance row.
    expect([together.reduce((sum, { recipe }) => sum + recipe.unetEvaluations, 0), rows]).toEqual([21, 33]);
  },
);
