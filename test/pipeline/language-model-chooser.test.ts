import { afterAll, beforeAll, expect, it } from "vitest";
import { regionRecordSchema } from "@/lib/domain/region-record";
import { createLanguageModelChooser } from "@/lib/instructions/choose-object/language-model-chooser";
import { controlRun } from "@/lib/server/runs/control-run";
import { generateEdits } from "@/lib/server/runs/generate-edits";
import { getRun } from "@/lib/server/runs/get-run";
import { requireLanguageModel } from "@/lib/server/runs/require-language-model";
import type { SceneEdit } from "@/lib/storybook/edits";
import { type ChatServer, type Reply, startChatServer } from "@/test/support/chat-server";
import { importScenes, type KnownAnchor, runWithEdits, truthOf } from "@/test/support/storybook-edits";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";
import { createEngines, type Engines } from "@/workers/engines";

let test: TestStudio;
let engines: Engines;
let edits: { anchorId: string; edit: SceneEdit }[];
let server: ChatServer | undefined;
/** What the server says to a question, by the question's instruction. */
let answers: (instruction: string) => Reply;

beforeAll(async () => {
  const { baseUrl } = await listen();
  test = await createTestStudio({ endpoints: { languageModel: { baseUrl, model: "chooser" } } });
  const anchors: KnownAnchor[] = await importScenes(test, 6, 21);
  edits = anchors.flatMap(({ id, scene }) => {
    const edit = truthOf(scene, "change-color");
    return edit?.editObject ? [{ anchorId: id, edit }] : [];
  });
  engines = createEngines(test.studio.packsDir);
});
afterAll(async () => {
  await engines?.close();
  await server?.close();
  await test?.close();
});

const listen = async (port?: number) => {
  server = await startChatServer(({ body }) => {
    const data = /<edit>\n(.*)\n<\/edit>/.exec(body.messages.at(-1)!.content)![1]!;
    return answers((JSON.parse(data) as { instruction: string }).instruction);
  }, port);
  return server;
};

const config = {
  name: "Chooser test",
  seed: 3,
  // Without a mask there is nothing to draw: the test is about what is chosen.
  region: {
    enabled: true,
    chooser: "language-model" as const,
    withoutObject: "skip" as const,
    boxThreshold: 0.05,
    maxCandidates: 1,
    keep: 1,
    batch: 1,
    steps: 4,
  },
  freeForm: { maxCandidates: 1, batch: 1 },
};

const generate = (runId: string, editIds: string[]) => {
  const model = requireLanguageModel(test.studio);
  const chooser = createLanguageModelChooser({ ...model, maxRetries: 1, timeoutMs: 20_000 });
  return generateEdits(
    test.studio,
    { runId, editIds },
    {
      engineFor: (pack) => engines.engineFor(pack),
      chooserFor: async () => chooser,
      signal: new AbortController().signal,
      lastAttempt: true,
    },
  );
};

it("says what an edit changes; nonsense and NONE leave edits out with the reason and the run goes on", async () => {
  const { runId, editIds } = await runWithEdits(test, config, edits);
  expect(editIds.length).toBeGreaterThanOrEqual(3);
  const rows = await test.studio.db.edit.findMany({ where: { runId }, orderBy: { id: "asc" } });
  const [none, nonsense, ...others] = rows as [(typeof rows)[0], (typeof rows)[0], ...typeof rows];
  answers = (instruction) => {
    if (instruction === none.instruction) return { text: '{"objects": ["NONE"]}' };
    if (instruction === nonsense.instruction)
      return { text: "I am only a model, but what a picture this would be!" };
    const row = others.find((other) => other.instruction === instruction)!;
    return { text: JSON.stringify({ objects: [`the ${row.editObject}`] }) };
  };
  await generate(runId, editIds);
  const done = await test.studio.db.edit.findMany({
    where: { runId },
    orderBy: { id: "asc" },
    include: { masks: true },
  });
  expect(done.map(({ state }) => state)).not.toContain("pending");
  const records = done.map(({ region }) => regionRecordSchema.parse(region));
  expect(records[0]).toMatchObject({
    problem: { code: "no-object" },
    choice: { raw: '{"objects": ["NONE"]}' },
  });
  expect(done[0]).toMatchObject({ state: "skipped", error: expect.stringContaining("no particular thing") });
  expect(records[1]).toMatchObject({
    problem: { code: "no-object" },
    choice: { raw: expect.stringContaining("only a model") },
  });
  expect(done[1]).toMatchObject({ state: "skipped", error: expect.stringContaining("could not be read") });
  const found = done.slice(2).filter(({ masks }) => masks.length > 0);
  expect(found.length).toBeGreaterThan(0);
  for (const record of records.slice(2)) expect(record.choice?.chooser).toContain("language model chooser");
  expect((await getRun(test.context, runId)).state).toBe("succeeded");
});

it("pauses the run while its server is down or busy, fails no edit, and goes on after it", async () => {
  const { port } = new URL(server!.baseUrl);
  const { runId, editIds } = await runWithEdits(test, config, edits.slice(0, 2));
  const stands = async () => {
    const run = await getRun(test.context, runId);
    const states = await test.studio.db.edit.findMany({ where: { runId }, select: { state: true } });
    return { state: run.state, message: run.message, edits: states.map(({ state }) => state) };
  };
  await server!.close();
  await generate(runId, editIds);
  expect(await stands()).toMatchObject({
    state: "paused",
    message: expect.stringMatching(/cannot be reached.*tries again by itself/),
    edits: ["pending", "pending"],
  });

  await listen(Number(port));
  answers = () => ({ status: 429, headers: { "retry-after-ms": "1" }, message: "slow down" });
  await controlRun(test.context, { id: runId, event: "resume" });
  await generate(runId, editIds);
  expect(await stands()).toMatchObject({
    state: "paused",
    message: expect.stringContaining("slow down"),
    edits: ["pending", "pending"],
  });
  expect(server!.requests).toHaveLength(2);
  expect(await test.studio.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ outages: 2 });

  answers = () => ({ text: "NONE" });
  await controlRun(test.context, { id: runId, event: "resume" });
  await generate(runId, editIds);
  expect(await stands()).toMatchObject({ state: "succeeded", edits: ["skipped", "skipped"] });
  expect(await test.studio.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ outages: 0 });
});
