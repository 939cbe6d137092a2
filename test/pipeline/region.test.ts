import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recipeSchema } from "@/lib/domain/recipe";
import { regionRecordSchema } from "@/lib/domain/region-record";
import type { RunConfigInput } from "@/lib/domain/run-config";
import type { InferenceEngine } from "@/lib/inference/types";
import { matchObjects } from "@/lib/instructions/choose-object/match-objects";
import { storeMask } from "@/lib/server/images/store-mask";
import { readStoredMask } from "@/lib/server/masks/read-stored-mask";
import { generateEdits } from "@/lib/server/runs/generate-edits";
import { getRun } from "@/lib/server/runs/get-run";
import { listEdits } from "@/lib/server/runs/list-edits";
import { reproduceCandidate } from "@/lib/server/runs/reproduce-candidate";
import { requeueEdit } from "@/lib/server/runs/requeue-edit";
import type { SceneEdit } from "@/lib/storybook/edits";
import { renderLabels } from "@/lib/storybook/render-labels";
import { importScenes, type KnownAnchor, runWithEdits, truthOf } from "@/test/support/storybook-edits";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { createEngines, type Engines } from "@/workers/engines";

let test: TestStudio;
let engines: Engines;
let anchors: KnownAnchor[];

beforeAll(async () => {
  test = await createTestStudio();
  anchors = await importScenes(test, 5, 21);
  engines = createEngines(test.studio.packsDir);
});
afterAll(async () => {
  await engines?.close();
  await test?.close();
});

const everything = Object.fromEntries(
  ["clipSource", "clipTarget", "clipDirection", "clipImage", "dino", "ssim", "nearCopy", "blank"].map(
    (id) => [id, {}],
  ),
);
const config = (region: RunConfigInput["region"]): RunConfigInput => ({
  name: "Region test",
  seed: 3,
  region: { enabled: true, maxCandidates: 1, keep: 1, batch: 1, steps: 4, ...region },
  freeForm: { maxCandidates: 1, keep: 1, batch: 1, steps: 4 },
  // Everything passes: the test is about the path, not about how good the pairs are.
  thresholds: everything,
});

const generate = (runId: string, editIds: string[], engine?: InferenceEngine) =>
  generateEdits(
    test.studio,
    { runId, editIds },
    {
      engineFor: async (pack) => engine ?? engines.engineFor(pack),
      chooserFor: async () => ({ choose: async (question) => matchObjects(question) }),
      signal: new AbortController().signal,
      lastAttempt: true,
    },
  );

/** One edit of a thing for each scene that has one, with the thing's exact silhouette. */
function localEdits(types: SceneEdit["editType"][]) {
  return anchors.flatMap(({ id, scene }) => {
    for (const type of types) {
      const edit = truthOf(scene, type);
      if (edit?.change.kind === "object" || edit?.change.kind === "remove") {
        return [{ anchorId: id, scene, edit, index: edit.change.index }];
      }
    }
    return [];
  });
}

const pixelsOf = async (sha256: string) =>
  sharp(await test.studio.store.read(sha256))
    .raw()
    .toBuffer();

/** Pixels in which target and source differ although the mask is 0 there. */
async function strayPixels(candidate: { render: { imageSha: string }; imageSha: string }, maskSha: string) {
  const mask = await readStoredMask(test.studio, maskSha);
  const [source, target] = [await pixelsOf(candidate.render.imageSha), await pixelsOf(candidate.imageSha)];
  let stray = 0;
  let changed = 0;
  for (let i = 0; i < mask.data.length; i++) {
    const differs = [0, 1, 2].some((channel) => source[3 * i + channel] !== target[3 * i + channel]);
    if (differs && mask.data[i] === 0) stray++;
    if (differs) changed++;
  }
  return { stray, changed };
}

it("finds the edited thing, repaints inside its mask only, and can be drawn again", {
  timeout: 600_000,
}, async () => {
  const edits = localEdits(["change-color", "replace"]);
  expect(edits.length).toBeGreaterThan(2);
  const { runId, editIds } = await runWithEdits(test, config({ softShare: 0.5 }), edits);
  await generate(runId, editIds);
  const rows = await test.studio.db.edit.findMany({
    where: { runId },
    include: { masks: true, candidates: { include: { render: true, mask: true } } },
  });
  const overlaps: number[] = [];
  for (const row of rows) {
    const record = regionRecordSchema.parse(row.region);
    const truth = edits.find(({ anchorId }) => anchorId === row.anchorId)!;
    const fine = row.masks.find(({ kind }) => kind === "fine");
    if (!fine) continue;
    expect(fine.crop).toEqual([0, 0, 256, 256]);
    expect(row.masks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["fine", "box", "contour"]));
    const labels = await renderLabels(truth.scene, 256);
    const mask = await readStoredMask(test.studio, fine.pngSha);
    let [both, either] = [0, 0];
    labels.forEach((label, i) => {
      const [seen, there] = [mask.data[i]! > 127, label === truth.index + 1];
      if (seen && there) both++;
      if (seen || there) either++;
    });
    overlaps.push(both / either);
    if (row.stage !== "region") expect(record.problem).not.toBeNull();
  }
  expect(overlaps.length).toBeGreaterThanOrEqual(edits.length / 2);
  expect(overlaps.reduce((sum, overlap) => sum + overlap, 0) / overlaps.length).toBeGreaterThan(0.6);

  const candidates = rows.flatMap((row) => row.candidates).filter(({ stage }) => stage === "region");
  expect(candidates.length).toBeGreaterThan(1);
  for (const candidate of candidates) {
    const recipe = recipeSchema.parse(candidate.recipe);
    if (recipe.kind !== "region") throw new Error("The recipe of a region candidate must say so.");
    expect(candidate.mask?.pngSha).toBe(recipe.region.mask);
    expect(recipe.region.kind).toBe(recipe.region.softness === null ? "fine" : "soft");
    const { stray, changed } = await strayPixels(candidate, recipe.region.mask);
    expect(stray).toBe(0);
    expect(changed).toBeGreaterThan(0);
    expect(candidate.scores).toMatchObject({ outsideChange: 0 });
  }
  const run = await getRun(test.context, runId);
  expect(run).toMatchObject({ state: "succeeded", message: null });
  const region = run.stages.find(({ stage }) => stage === "region");
  expect(region).toMatchObject({ total: edits.length, done: edits.length, failed: 0 });
  const drawn = run.yields.filter(({ stage }) => stage === "region").reduce((sum, row) => sum + row.drawn, 0);
  expect(drawn).toBe(candidates.length);

  const again = await reproduceCandidate(test.context, candidates[0]!.id, engines.engineFor);
  expect(again.target).toBeGreaterThanOrEqual(50);
  expect(again.source).toBeGreaterThanOrEqual(50);
});

it("draws freely, or leaves out with the reason, what has no region", async () => {
  const additions = anchors.flatMap(({ id, scene }) => {
    const edit = truthOf(scene, "add");
    return edit ? [{ anchorId: id, edit }] : [];
  });
  const one = additions.slice(0, 1);
  expect(one).toHaveLength(1);
  const free = await runWithEdits(test, config({}), one);
  await generate(free.runId, free.editIds);
  const [fallen] = (await listEdits(test.context, { id: free.runId, limit: 5 })).items;
  expect(fallen).toMatchObject({
    state: "done",
    stage: "freeForm",
    region: { problem: { code: "no-object" } },
  });
  expect(fallen?.candidates[0]).toMatchObject({ stage: "freeForm", mask: null });
  expect((await getRun(test.context, free.runId)).stages).toMatchObject([
    { stage: "instructions" },
    { stage: "freeForm", total: 1, done: 1 },
    { stage: "region", total: 1, done: 1, skipped: 1 },
  ]);

  const strict = await runWithEdits(test, config({ withoutObject: "skip" }), one);
  await generate(strict.runId, strict.editIds);
  const [left] = (await listEdits(test.context, { id: strict.runId, limit: 5 })).items;
  expect(left).toMatchObject({ state: "skipped", candidates: [] });
  expect(left?.error).toContain("added");
  expect((await getRun(test.context, strict.runId)).state).toBe("succeeded");
});

it("repaints nothing but what a person drew, and draws an edit again with a person's mask", async () => {
  const [first] = localEdits(["change-color", "replace"]);
  const { runId, editIds } = await runWithEdits(test, config({}), [first!]);
  const [editId] = editIds as [string];
  const anchor = await test.studio.db.anchor.findUniqueOrThrow({ where: { id: first!.anchorId } });
  const drawn = async (left: number) => {
    const data = new Uint8Array(256 * 256);
    for (let y = 60; y < 160; y++) data.fill(255, y * 256 + left, y * 256 + left + 90);
    const picture = await storeMask(test.studio.store, { width: 256, height: 256, data });
    await test.studio.db.image.createMany({ data: [picture], skipDuplicates: true });
    return picture.sha256;
  };
  const sha = await drawn(20);
  await test.studio.db.mask.create({
    data: { imageSha: anchor.imageSha, pngSha: sha, editId, kind: "human" },
  });
  await generate(runId, [editId]);
  const where = (id: string) => ({ where: { editId: id }, include: { render: true, mask: true } });
  const made = await test.studio.db.candidate.findMany(where(editId));
  expect(made.length).toBeGreaterThan(0);
  for (const candidate of made) {
    expect(candidate.mask).toMatchObject({ kind: "human", pngSha: sha });
    expect((await strayPixels(candidate, sha)).stray).toBe(0);
  }

  const other = await drawn(120);
  const mask = await test.studio.db.mask.create({
    data: { imageSha: made[0]!.render.imageSha, pngSha: other, kind: "human" },
  });
  const again = await requeueEdit(test.context, { editId, maskId: mask.id });
  expect((await getRun(test.context, runId)).state).toBe("running");
  await generate(runId, [again]);
  const redrawn = await test.studio.db.candidate.findMany(where(again));
  expect(redrawn.length).toBeGreaterThan(0);
  for (const candidate of redrawn) {
    expect((await strayPixels(candidate, other)).stray).toBe(0);
    expect(candidate.imageSha).not.toBe(made[0]!.imageSha);
  }
  expect((await getRun(test.context, runId)).state).toBe("succeeded");
});

it("repeats at most its unfinished batch after its worker died", async () => {
  const [first] = localEdits(["change-color", "replace"]);
  const settings = { ...config({ maxCandidates: 2, batch: 1 }), sampling: { mode: "fixed" as const } };
  const { runId, editIds } = await runWithEdits(test, settings, [first!]);
  const engine = await engines.engineFor("storybook");
  let [batches, recognitions] = [0, 0];
  const dying: InferenceEngine = {
    ...engine,
    detect: (...request) => {
      recognitions++;
      return engine.detect(...request);
    },
    generatePairs: (...request) => {
      batches++;
      // A death leaves no word behind: nothing is recorded.
      return batches === 2 ? new Promise(() => {}) : engine.generatePairs(...request);
    },
  };
  void generate(runId, editIds, dying);
  const drawn = () => test.studio.db.edit.findUniqueOrThrow({ where: { id: editIds[0]! } });
  await expect.poll(async () => batches, { timeout: 120_000, interval: 100 }).toBe(2);
  expect(await drawn()).toMatchObject({ drawn: 1, state: "pending" });
  await generate(runId, editIds, dying);
  expect(await drawn()).toMatchObject({ drawn: 2, state: "done" });
  expect({ batches, recognitions }).toEqual({ batches: 3, recognitions: 1 });
  const candidates = await test.studio.db.candidate.findMany({ where: { runId } });
  expect(candidates.map(({ draw }) => draw).sort()).toEqual([0, 1]);
});
