import { cp, mkdtemp, readdir, rm, symlink, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { matchObjects } from "@/lib/instructions/choose-object/match-objects";
import { controlRun } from "@/lib/server/runs/control-run";
import { generateEdits } from "@/lib/server/runs/generate-edits";
import { getRun } from "@/lib/server/runs/get-run";
import { importScenes, runWithEdits, truthOf } from "@/test/support/storybook-edits";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { createEngines, type Engines } from "@/workers/engines";

const whole = resolve("models/storybook");
const isModel = (file: string) => /\.onnx$|\.weights\.\d+$/.test(file);
let packsDir: string;
let test: TestStudio;
let engines: Engines;

/** The pack that ships, but for one file, which is its own. */
beforeAll(async () => {
  packsDir = await mkdtemp(join(tmpdir(), "pentimento-packs-"));
  await cp(whole, join(packsDir, "storybook"), {
    recursive: true,
    filter: (path) => !isModel(path),
  });
  for (const file of await readdir(whole)) {
    if (isModel(file)) await symlink(join(whole, file), join(packsDir, "storybook", file));
  }
  test = await createTestStudio({ packsDir });
  engines = createEngines(packsDir);
});
afterAll(async () => {
  await engines?.close();
  await test?.close();
  await rm(packsDir, { recursive: true, force: true });
});

it("says on each edit that a model's file is cut short, and draws them once the file is whole", async () => {
  const weights = join(packsDir, "storybook", "vae.weights.0");
  await rm(weights);
  await cp(join(whole, "vae.weights.0"), weights);
  await truncate(weights, 1_000_000);

  const anchors = await importScenes(test, 2, 5);
  const edits = anchors.flatMap(({ id, scene }) => {
    const edit = truthOf(scene, "change-color") ?? truthOf(scene, "change-global");
    return edit ? [{ anchorId: id, edit }] : [];
  });
  const { runId, editIds } = await runWithEdits(
    test,
    { name: "Cut short", freeForm: { maxCandidates: 1, batch: 1, steps: 4 } },
    edits,
  );
  const generate = () =>
    generateEdits(
      test.studio,
      { runId, editIds },
      {
        engineFor: engines.engineFor,
        chooserFor: async () => ({ choose: async (question) => matchObjects(question) }),
        signal: new AbortController().signal,
        lastAttempt: true,
      },
    );
  await generate();
  const failed = await test.studio.db.edit.findMany({ where: { runId } });
  expect(failed.length).toBe(edits.length);
  for (const edit of failed) {
    expect(edit).toMatchObject({
      state: "failed",
      error: expect.stringMatching(/^storybook: vae\.weights\.0 is cut short: 1000000 of \d+ bytes\.$/),
    });
  }
  expect(await getRun(test.context, runId)).toMatchObject({ state: "failed" });

  await rm(weights);
  await symlink(join(whole, "vae.weights.0"), weights);
  await controlRun(test.context, { id: runId, event: "retry" });
  await generate();
  const done = await test.studio.db.edit.findMany({ where: { runId } });
  expect(done.map(({ state, drawn, error }) => ({ state, drawn, error }))).toEqual(
    edits.map(() => ({ state: "done", drawn: 1, error: null })),
  );
  expect((await getRun(test.context, runId)).state).toBe("succeeded");
});
