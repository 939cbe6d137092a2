import { afterAll, beforeAll, expect, it } from "vitest";
import { runConfigSchema } from "@/lib/domain/run-config";
import { isSettled } from "@/lib/domain/run-state";
import { scoreDefinitions } from "@/lib/domain/scores";
import { chainOfSample } from "@/lib/server/chains/chain-of-sample";
import { startTurn } from "@/lib/server/chains/start-turn";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { createRun } from "@/lib/server/runs/create-run";
import { forecastRun } from "@/lib/server/runs/forecast-run";
import { getRun } from "@/lib/server/runs/get-run";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { type RunningWorker, startWorker } from "@/workers/worker";

let test: TestStudio;
let worker: RunningWorker;

beforeAll(async () => {
  test = await createTestStudio({ work: true });
  const { id } = await importStorybook(test.context, { count: 1, seed: 31 });
  await performImport(test.studio, id, new AbortController().signal);
  worker = await startWorker(test.studio);
});
afterAll(async () => {
  await worker.stop();
  await test.close();
});

const config = (origin?: "sample") =>
  runConfigSchema.parse({
    name: "Turn",
    anchors: origin ? { origin } : {},
    instructions: { editsPerAnchor: 1 },
    freeForm: { maxCandidates: 1, keep: 1 },
    // Everything passes: the test is about the chain.
    thresholds: Object.fromEntries(scoreDefinitions.map(({ id }) => [id, {}])),
  });

const sampleOf = async (origin?: "sample") => {
  const run = await createRun(test.context, config(origin));
  await expect
    .poll(async () => isSettled((await getRun(test.context, run.id)).state), {
      timeout: 150_000,
      interval: 250,
    })
    .toBe(true);
  return test.studio.db.sample.findFirstOrThrow({
    where: { runId: run.id },
    include: { candidate: { include: { render: true } } },
  });
};

it("draws the next turn from exactly the picture that the turn before ended with", async () => {
  const first = await sampleOf();
  await test.studio.db.sample.update({ where: { id: first.id }, data: { state: "approved" } });
  expect((await startTurn(test.context, { limit: 10 })).started).toBe(1);
  // A run that does not ask for sample images leaves them alone.
  expect((await forecastRun(test.context, config())).anchors).toBe(1);

  const second = await sampleOf("sample");
  expect(second.candidate.recipe).toMatchObject({ keepAnchor: true, anchor: first.candidate.imageSha });
  expect(second.candidate.render.imageSha).toBe(first.candidate.imageSha);
  expect(second.sourceCaption).toBe(first.targetCaption);
  const chain = await chainOfSample(test.context, second.id);
  expect(chain.before.map(({ sampleId }) => sampleId)).toEqual([first.id]);
});
