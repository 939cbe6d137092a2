import { randomUUID } from "node:crypto";
import type { Recipe } from "@/lib/domain/recipe";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { Context } from "@/lib/server/context";
import { addToCounters } from "@/lib/server/counters";
import { storePicture } from "@/lib/server/images/store-picture";

/** Puts `count` pending samples with everything they hang on into a project, as a finished run would leave them. */
export async function addSamples(
  { studio, caller }: Context,
  count: number,
  options: {
    /** Of this anchor and with its picture as their source, as in a later turn; by default of an anchor each. */
    anchorId?: string;
  } = {},
): Promise<string[]> {
  const { db, store } = studio;
  const { projectId } = caller;
  const config = runConfigSchema.parse({ name: "Test run" });
  const policy = await db.selectionPolicy.create({
    data: { projectId, name: `test ${randomUUID()}`, version: 1, thresholds: {} },
  });
  const run = await db.run.create({
    data: { projectId, policyId: policy.id, name: config.name, config, state: "succeeded" },
  });
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const picture = async (level: number) => {
      const data = new Uint8Array(32 * 32 * 3).map((_, k) => (level + k * (i + 1)) % 256);
      // Pictures of later turns are unlike those of earlier ones.
      if (options.anchorId) data.set(Buffer.from(`${options.anchorId} ${i} ${level}`));
      const stored = await storePicture(store, { width: 32, height: 32, data });
      await db.image.createMany({ data: [stored], skipDuplicates: true });
      return stored.sha256;
    };
    const [anchorSha, sourceSha, targetSha] = [await picture(0), await picture(40), await picture(80)];
    const texts = {
      sourceCaption: `a red car number ${i} on a road`,
      instruction: `Make car number ${i} blue.`,
      targetCaption: `a blue car number ${i} on a road`,
    };
    const given =
      options.anchorId && (await db.anchor.findUniqueOrThrow({ where: { id: options.anchorId } }));
    const anchor =
      given ||
      (await db.anchor.create({
        data: {
          projectId,
          imageSha: anchorSha,
          originalSha: randomUUID().replaceAll("-", "").padEnd(64, "0"),
          caption: texts.sourceCaption,
          origin: "photo",
          fileName: `car-${i}.png`,
          licence: "CC0-1.0",
        },
      }));
    const edit = await db.edit.create({
      data: {
        projectId,
        runId: run.id,
        anchorId: anchor.id,
        ordinal: i,
        ...texts,
        editType: "change-color",
        editObject: "car",
        provenance: {},
        state: "done",
      },
    });
    const recipe = testRecipe(anchorSha, texts, i);
    const render = await db.sourceRender.create({
      data: {
        anchorId: anchor.id,
        imageSha: given ? given.imageSha : sourceSha,
        recipe,
        recipeHash: randomUUID().padEnd(64, "0"),
      },
    });
    const candidate = await db.candidate.create({
      data: {
        runId: run.id,
        editId: edit.id,
        renderId: render.id,
        imageSha: targetSha,
        recipe,
        recipeHash: randomUUID().padEnd(64, "0"),
        scores: { clipDirection: 0.25 + i / 100, ssim: 0.7 },
        scorerHash: "test",
        selected: true,
        failures: [],
      },
    });
    const sample = await db.sample.create({
      data: {
        projectId,
        runId: run.id,
        candidateId: candidate.id,
        policyId: policy.id,
        editType: "change-color",
        ...texts,
      },
    });
    ids.push(sample.id);
  }
  await addToCounters(db, projectId, { "samples.pending": count });
  return ids;
}

function testRecipe(
  anchor: string,
  texts: { sourceCaption: string; instruction: string; targetCaption: string },
  seed: number,
): Recipe {
  return {
    kind: "free-form",
    anchor,
    crop: [0, 0, 32, 32],
    size: [32, 32],
    ...texts,
    seed,
    steps: 4,
    strength: 0.6,
    guidance: 1,
    control: { mode: "refine", cross: 0.5, self: 0.5, localBlend: null },
    pack: { name: "test", version: "1", hash: "0".repeat(64) },
    scheduler: "euler",
    noise: "test",
    provider: "cpu",
    runtime: "test",
    graphs: "ccpp",
    unetRows: 8,
    code: "test",
  };
}
