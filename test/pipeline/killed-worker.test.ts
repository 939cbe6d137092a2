import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { runConfigSchema } from "@/lib/domain/run-config";
import { isSettled } from "@/lib/domain/run-state";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { controlRun } from "@/lib/server/runs/control-run";
import { createRun } from "@/lib/server/runs/create-run";
import { getRun } from "@/lib/server/runs/get-run";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  test = await createTestStudio();
  const { id } = await importStorybook(test.context, { count: 3, seed: 11 });
  await performImport(test.studio, id, new AbortController().signal);
});
afterEach(kill);
afterAll(() => test?.close());

/** A worker as `npm start` runs it: a process of its own. */
function startWorkerProcess(): void {
  worker = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    env: { ...process.env, DATABASE_URL: test.testDatabase.url, PENTIMENTO_DATA_DIR: test.studio.dataDir },
    stdio: "ignore",
  });
}

async function kill(): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, "exit");
  worker.kill("SIGKILL");
  await ended;
}

const config = runConfigSchema.parse({
  name: "Killed",
  seed: 5,
  instructions: { editsPerAnchor: 1 },
  freeForm: { maxCandidates: 5, keep: 2, batch: 1, steps: 4 },
  sampling: { mode: "fixed" },
});

const candidatesOf = (runId: string) =>
  test.studio.db.candidate.findMany({
    where: { runId },
    include: { edit: { include: { anchor: true } }, render: true, samples: true },
  });

/** Everything that a run made, without ids and times. */
async function outcomeOf(runId: string) {
  const run = await getRun(test.context, runId);
  const made = (await candidatesOf(runId)).map(
    ({ edit, draw, render, imageSha, scores, selected, failures, samples }) =>
      JSON.stringify([
        edit.anchor.originalSha,
        edit.ordinal,
        draw,
        render.imageSha,
        imageSha,
        scores,
        selected,
        failures,
        samples.length,
      ]),
  );
  const stages = run.stages.map(({ stage, total, done, failed, produced, kept }) => ({
    stage,
    total,
    done,
    failed,
    produced,
    kept,
  }));
  return { state: run.state, message: run.message, made: made.sort(), stages, yields: run.yields };
}

const ended = async (id: string) =>
  expect
    .poll(async () => isSettled((await getRun(test.context, id)).state), { timeout: 240_000, interval: 300 })
    .toBe(true);

async function resume(runId: string): Promise<void> {
  // The queue gives the dead worker's job to another one after half a minute; resuming does it at once.
  await controlRun(test.context, { id: runId, event: "pause" });
  await controlRun(test.context, { id: runId, event: "resume" });
}

it("loses nothing and does nothing twice when its workers are killed in the middle of their work", {
  timeout: 600_000,
}, async () => {
  const killed = await createRun(test.context, config);
  let kept: string[] = [];
  for (const pauseMs of [0, 150, 330]) {
    startWorkerProcess();
    // It has brought something to an end since it started, and is at the next thing.
    await expect
      .poll(async () => (await candidatesOf(killed.id)).length, { timeout: 120_000, interval: 20 })
      .toBeGreaterThan(kept.length);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    await kill();
    const rows = await candidatesOf(killed.id);
    const ids = rows.map(({ id }) => id);
    // What was there after the last death is there still, and nothing was made by halves.
    expect(ids).toEqual(expect.arrayContaining(kept));
    for (const { render, imageSha } of rows) {
      expect((await test.studio.store.read(imageSha)).length).toBeGreaterThan(0);
      expect((await test.studio.store.read(render.imageSha)).length).toBeGreaterThan(0);
    }
    const drawn = await test.studio.db.edit.aggregate({ where: { runId: killed.id }, _sum: { drawn: true } });
    expect(drawn._sum.drawn).toBe(ids.length);
    kept = ids;
    if (isSettled((await getRun(test.context, killed.id)).state)) break;
    await resume(killed.id);
  }
  startWorkerProcess();
  await ended(killed.id);
  expect((await candidatesOf(killed.id)).map(({ id }) => id)).toEqual(expect.arrayContaining(kept));

  const quiet = await createRun(test.context, { ...config, name: "Left alone" });
  await ended(quiet.id);
  const outcome = await outcomeOf(killed.id);
  expect(outcome).toEqual(await outcomeOf(quiet.id));
  expect(outcome.made.length).toBeGreaterThanOrEqual(10);
  expect(outcome.state).toBe("succeeded");
});

it("goes on from the noise that a killed worker had taken up", { timeout: 600_000 }, async () => {
  const searching = runConfigSchema.parse({
    ...config,
    anchors: { limit: 1 },
    freeForm: { ...config.freeForm, maxCandidates: 12, keep: 1 },
    sampling: { mode: "adaptive", giveUpBelow: 0, leastRaise: 1e-6 },
    // So that all that is drawn passes.
    thresholds: { clipDirection: { min: -1 }, clipImage: { min: -1 }, nearCopy: { min: 0 } },
  });
  const takenUp = async (runId: string) =>
    (await candidatesOf(runId)).filter(({ recipe }) => "noiseSum" in (recipe as object)).length;
  const killed = await createRun(test.context, searching);
  startWorkerProcess();
  await expect.poll(() => takenUp(killed.id), { timeout: 120_000, interval: 20 }).toBeGreaterThan(0);
  await kill();
  expect((await candidatesOf(killed.id)).length).toBeLessThan(12);
  await resume(killed.id);
  startWorkerProcess();
  await ended(killed.id);
  const quiet = await createRun(test.context, { ...searching, name: "Left alone" });
  await ended(quiet.id);
  expect(await outcomeOf(killed.id)).toEqual(await outcomeOf(quiet.id));
  expect(await takenUp(killed.id)).toBeGreaterThan(3);
});
