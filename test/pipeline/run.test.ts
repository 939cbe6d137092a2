import { afterAll, beforeAll, expect, it } from "vitest";
import { fromHalfFloats } from "@/lib/domain/embeddings/half-floats";
import { cosine } from "@/lib/domain/embeddings/near-duplicates";
import { recipeSchema } from "@/lib/domain/recipe";
import { runConfigSchema } from "@/lib/domain/run-config";
import { isSettled } from "@/lib/domain/run-state";
import { encoderOf, performEmbedding } from "@/lib/server/curate/embed-samples";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { controlRun } from "@/lib/server/runs/control-run";
import { createRun } from "@/lib/server/runs/create-run";
import { getRun } from "@/lib/server/runs/get-run";
import { listEdits } from "@/lib/server/runs/list-edits";
import { reproduceCandidate } from "@/lib/server/runs/reproduce-candidate";
import { listSamples } from "@/lib/server/samples/list-samples";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { createEngines } from "@/workers/engines";
import { type RunningWorker, startWorker } from "@/workers/worker";

let test: TestStudio;
let worker: RunningWorker;

beforeAll(async () => {
  test = await createTestStudio({ work: true });
  const { id } = await importStorybook(test.context, { count: 3, seed: 11 });
  await performImport(test.studio, id, new AbortController().signal);
  worker = await startWorker(test.studio);
});
afterAll(async () => {
  await worker.stop();
  await test.close();
});

const config = runConfigSchema.parse({
  name: "Pipeline test",
  seed: 5,
  instructions: { editsPerAnchor: 1 },
  freeForm: { maxCandidates: 2, keep: 1, batch: 2 },
  // Everything passes: the test is about the path, not about how good the pairs are.
  thresholds: Object.fromEntries(
    ["clipSource", "clipTarget", "clipDirection", "clipImage", "dino", "ssim", "nearCopy", "blank"].map(
      (id) => [id, {}],
    ),
  ),
});

const ended = async (id: string) => {
  await expect
    .poll(async () => isSettled((await getRun(test.context, id)).state), { timeout: 150_000, interval: 200 })
    .toBe(true);
  return getRun(test.context, id);
};

it("goes from anchors to scored samples, with recipes that say how", async () => {
  const run = await createRun(test.context, config);
  const done = await ended(run.id);
  expect(done).toMatchObject({ state: "succeeded", message: null });
  const [instructions, freeForm] = done.stages;
  expect(instructions).toMatchObject({ total: 3, done: 3, failed: 0 });
  expect(freeForm).toMatchObject({ failed: 0, total: freeForm?.done });
  expect(freeForm?.kept).toBeGreaterThan(0);
  const samples = await listSamples(test.context, { limit: 10, runId: run.id });
  expect(samples.items).toHaveLength(freeForm!.kept);
  for (const sample of samples.items) {
    expect(sample.source.sha256).not.toBe(sample.target.sha256);
    expect(sample.scores.clipDirection).toBeGreaterThanOrEqual(-1);
  }
  const candidates = await test.studio.db.candidate.findMany({ where: { runId: run.id } });
  for (const candidate of candidates) {
    const recipe = recipeSchema.parse(candidate.recipe);
    expect(recipe.pack.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(recipe.unetRows).toBeGreaterThan(0);
  }
});

it("keeps what scoring saw of the samples, and lays out the map when the run has ended", async () => {
  const { db } = test.studio;
  const samples = await db.sample.count({ where: { withdrawn: false } });
  const encoder = await encoderOf(test.studio, test.context.caller.projectId);
  expect(await db.sampleEmbedding.count({ where: { encoder: encoder!.id } })).toBe(samples);
  expect(await db.candidateEmbedding.count()).toBe(0);
  await expect
    .poll(() => db.sampleEmbedding.count({ where: { mapX: null } }), { timeout: 60_000, interval: 200 })
    .toBe(0);
  // What was kept is what the encoder says of the stored file.
  const before = await db.sampleEmbedding.findMany({ orderBy: { sampleId: "asc" } });
  await db.sampleEmbedding.deleteMany();
  const engines = createEngines(test.studio.packsDir);
  await performEmbedding(test.studio, test.context.caller.projectId, { engineFor: engines.engineFor });
  await engines.close();
  const after = await db.sampleEmbedding.findMany({ orderBy: { sampleId: "asc" } });
  expect(after.map(({ sampleId, encoder }) => [sampleId, encoder])).toEqual(
    before.map(({ sampleId, encoder }) => [sampleId, encoder]),
  );
  for (const [i, { vector }] of after.entries()) {
    expect(cosine(fromHalfFloats(vector), fromHalfFloats(before[i]!.vector))).toBeGreaterThan(0.999);
  }
});

it("draws the same candidates from the same configuration, whatever else happened", async () => {
  const hashes = async (runId: string) =>
    (await listEdits(test.context, { id: runId, limit: 50 })).items
      .flatMap((edit) => edit.candidates.map(({ source, target }) => `${source.sha256} ${target.sha256}`))
      .sort();
  const runs = await test.studio.db.run.findMany({ where: { name: config.name } });
  const again = await createRun(test.context, config);
  await ended(again.id);
  expect(await hashes(again.id)).toEqual(await hashes(runs[0]!.id));
});

it("can be paused before it starts and finishes after it is resumed", async () => {
  const run = await createRun(test.context, { ...config, name: "Paused", anchors: { limit: 1 } });
  await controlRun(test.context, { id: run.id, event: "pause" });
  expect((await getRun(test.context, run.id)).state).toBe("paused");
  await controlRun(test.context, { id: run.id, event: "resume" });
  expect((await ended(run.id)).state).toBe("succeeded");
});

it("draws a candidate again from its recipe, to the pixel", async () => {
  const engines = createEngines(test.studio.packsDir);
  const candidate = await test.studio.db.candidate.findFirstOrThrow();
  const again = await reproduceCandidate(test.context, candidate.id, engines.engineFor);
  await engines.close();
  expect(again).toEqual({
    source: Number.POSITIVE_INFINITY,
    target: Number.POSITIVE_INFINITY,
    differences: [],
  });
});
