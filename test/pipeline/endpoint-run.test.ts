import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endpointRecipeSchema } from "@/lib/domain/endpoint-recipe";
import { runConfigSchema } from "@/lib/domain/run-config";
import { isSettled } from "@/lib/domain/run-state";
import { scoreDefinitions } from "@/lib/domain/scores";
import { judgeRubricHash } from "@/lib/generators/judge-rubric";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { judgementsOfCandidate } from "@/lib/server/judge/list-judgements";
import { createRun } from "@/lib/server/runs/create-run";
import { forecastRun } from "@/lib/server/runs/forecast-run";
import { getRun } from "@/lib/server/runs/get-run";
import { reproduceCandidate } from "@/lib/server/runs/reproduce-candidate";
import { type ImagesServer, startImagesServer } from "@/test/support/images-server";
import { type JudgeServer, startJudgeServer } from "@/test/support/judge-server";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { type RunningWorker, startWorker } from "@/workers/worker";

let images: ImagesServer;
let judge: JudgeServer;
let test: TestStudio;
let worker: RunningWorker;

beforeAll(async () => {
  images = await startImagesServer();
  judge = await startJudgeServer();
  test = await createTestStudio({
    work: true,
    endpoints: {
      images: { baseUrl: images.url, apiKey: "key" },
      judge: { baseUrl: judge.url, apiKey: undefined },
      moderation: { baseUrl: judge.url, apiKey: undefined, model: "mod-1" },
    },
  });
  const { id } = await importStorybook(test.context, { count: 4, seed: 21 });
  await performImport(test.studio, id, new AbortController().signal);
  worker = await startWorker(test.studio);
});
afterAll(async () => {
  await worker.stop();
  await test.close();
  await images.close();
  await judge.close();
});

const config = (more: object = {}, generator: object = {}) =>
  runConfigSchema.parse({
    name: "Endpoint",
    instructions: { editsPerAnchor: 1, editTypes: ["change-color", "replace", "remove"] },
    region: { enabled: true, maxCandidates: 1, keep: 1, boxThreshold: 0.05 },
    freeForm: {
      maxCandidates: 1,
      keep: 1,
      generator: { kind: "images-endpoint", model: "painter-1", price: { perRequest: 0.05 }, ...generator },
    },
    judge: { model: "judge-1", price: { perMillionInputTokens: 1 } },
    // Nothing else is asked of the pictures: the test is about the path.
    thresholds: Object.fromEntries(scoreDefinitions.map(({ id }) => [id, {}])),
    ...more,
  });

const until = async (id: string, wanted: (state: string) => boolean) => {
  await expect
    .poll(async () => wanted((await getRun(test.context, id)).state), { timeout: 200_000, interval: 250 })
    .toBe(true);
  return getRun(test.context, id);
};
const pixels = async (sha256: string) =>
  sharp(await test.studio.store.read(sha256))
    .removeAlpha()
    .raw()
    .toBuffer();

it("draws edits by the endpoint, masked where a region was found, judges them and counts the money", async () => {
  const run = await createRun(test.context, config());
  const done = await until(run.id, (state) => isSettled(state as "succeeded"));
  expect(done).toMatchObject({ state: "succeeded", message: null });
  expect(done.madeBy.images).toBe("Images endpoint, model “painter-1”");
  const candidates = await test.studio.db.candidate.findMany({
    where: { runId: run.id },
    include: { render: { include: { anchor: true } }, mask: true, judgements: true, samples: true },
  });
  expect(candidates.length).toBeGreaterThan(0);
  expect(candidates.length).toBe(images.seen.length);
  for (const candidate of candidates) {
    const recipe = endpointRecipeSchema.parse(candidate.recipe);
    expect(recipe).toMatchObject({
      anchor: candidate.render.anchor.imageSha,
      endpoint: { address: images.url, model: "painter-1" },
      answer: { requestId: expect.stringMatching(/^req-/), costMicros: 50_000 },
    });
    const [source, target] = [await pixels(candidate.render.imageSha), await pixels(candidate.imageSha)];
    // The source is the anchor itself.
    expect(source.equals(await pixels(candidate.render.anchor.imageSha))).toBe(true);
    expect(target.equals(source)).toBe(false);
    if (candidate.mask) {
      const mask = await sharp(await test.studio.store.read(candidate.mask.pngSha))
        .toColourspace("b-w")
        .raw()
        .toBuffer();
      mask.forEach((level, i) => {
        if (level === 0 && !target.subarray(3 * i, 3 * i + 3).equals(source.subarray(3 * i, 3 * i + 3))) {
          throw new Error(`pixel ${i} changed outside of the mask`);
        }
      });
    }
    const scores = candidate.scores as Record<string, number>;
    expect(scores).toMatchObject({ judgeFollows: 10, judgeKeeps: 7, judgeQuality: 9 });
    expect(scores.unsafe).toBeGreaterThan(0);
    expect(candidate.judgements).toMatchObject([
      { model: "judge-1-2026", rubricHash: judgeRubricHash, problem: null },
    ]);
    expect(candidate.samples).toHaveLength(1);
    expect(await judgementsOfCandidate(test.context, candidate.id)).toMatchObject([
      { model: "judge-1-2026", reason: "I compared them.", scores: { judgeFollows: 10 } },
    ]);
  }
  expect(candidates.some(({ mask }) => mask)).toBe(true);
  expect(images.seen.some(({ freeShare }) => freeShare !== null && freeShare < 1)).toBe(true);
  const stages = await test.studio.db.runStage.findMany({ where: { runId: run.id } });
  const spent = stages.reduce((sum, stage) => sum + Number(stage.spentMicros), 0);
  expect(spent).toBe(candidates.length * (50_000 + 1000));

  await expect(
    reproduceCandidate(test.context, candidates[0]!.id, () => Promise.reject(new Error("no engine needed"))),
  ).rejects.toThrow(/no same picture twice.*req-/);
});

it("stops with a message when the money does not reach for another request", async () => {
  const before = images.seen.length;
  const run = await createRun(
    test.context,
    config({ name: "Poor", limits: { maxSpend: 0.06 }, judge: undefined }),
  );
  const paused = await until(run.id, (state) => state === "paused");
  expect(paused.message).toBe("Stopped at its spending limit: 0.0500 of 0.0600 spent.");
  expect(images.seen.length - before).toBe(1);
  const left = await test.studio.db.edit.count({ where: { runId: run.id, state: "pending" } });
  expect(left).toBeGreaterThan(0);
});

it("says before the launch what is not set", async () => {
  const poor = { ...test.context, studio: { ...test.studio, endpoints: {} } };
  const { problems } = await forecastRun(poor, config());
  expect(problems.join(" ")).toMatch(/PENTIMENTO_IMAGES_URL.*PENTIMENTO_JUDGE_URL/);
});
