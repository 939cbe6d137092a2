import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProposedEdit } from "@/lib/domain/instruction-records";
import { type RunConfigInput, runConfigSchema } from "@/lib/domain/run-config";
import type { InstructionProvider } from "@/lib/instructions/instruction-provider";
import { createRecombinationProvider } from "@/lib/instructions/recombination/recombination-provider";
import { readCounters } from "@/lib/server/counters";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { controlRun } from "@/lib/server/runs/control-run";
import { createRun } from "@/lib/server/runs/create-run";
import { enqueueRest } from "@/lib/server/runs/enqueue-pending";
import { forecastRun } from "@/lib/server/runs/forecast-run";
import { getRun } from "@/lib/server/runs/get-run";
import { instructAnchors } from "@/lib/server/runs/instruct-anchors";
import { listEdits } from "@/lib/server/runs/list-edits";
import { startRun } from "@/lib/server/runs/start-run";
import { loadSeeds } from "@/lib/server/seeds/load-seeds";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
const never = new AbortController().signal;
const anchorCount = 6;

beforeAll(async () => {
  test = await createTestStudio();
  const { id } = await importStorybook(test.context, { count: anchorCount, seed: 3 });
  await performImport(test.studio, id, never);
});
afterAll(() => test.close());

let runId: string;
let anchorIds: string[];
beforeEach(async () => {
  const config = runConfigSchema.parse({
    name: "Instructions only",
    instructions: { editsPerAnchor: 2 },
    freeForm: { enabled: false },
  });
  runId = (await createRun(test.context, config)).id;
  await startRun(test.studio, runId);
  anchorIds = (
    await test.studio.db.runAnchor.findMany({ where: { runId }, orderBy: { ordinal: "asc" } })
  ).map((row) => row.anchorId);
});

const instruct = (
  ids: string[],
  provider: InstructionProvider = createRecombinationProvider(),
  lastAttempt = true,
  signal = never,
) =>
  instructAnchors(
    test.studio,
    { runId, anchorIds: ids },
    {
      providerFor: async () => provider,
      seeds: (projectId) => loadSeeds(test.studio, projectId),
      signal,
      lastAttempt,
    },
  );

const failing: InstructionProvider = {
  ...createRecombinationProvider(),
  propose: () => Promise.reject(new Error("the connection broke")),
};

describe("Stage I of a run", () => {
  it("covers every captioned anchor, then the run succeeds", async () => {
    await instruct(anchorIds);
    const run = await getRun(test.context, runId);
    expect(run.state).toBe("succeeded");
    expect(run.stages).toMatchObject([
      { stage: "instructions", total: anchorCount, done: anchorCount, failed: 0 },
    ]);
    const edits = await listEdits(test.context, { id: runId, limit: 100 });
    expect(edits.items.length).toBe(run.stages[0]?.kept);
    expect(edits.items.length).toBeGreaterThan(anchorCount);
  });

  it("commits an anchor once although several workers get the same job", async () => {
    await Promise.all([instruct(anchorIds), instruct(anchorIds), instruct([...anchorIds].reverse())]);
    const run = await getRun(test.context, runId);
    expect(run.stages[0]).toMatchObject({ done: anchorCount, failed: 0 });
    const rows = await test.studio.db.edit.groupBy({
      by: ["anchorId", "ordinal"],
      where: { runId },
      _count: true,
    });
    expect(rows.every((row) => row._count === 1)).toBe(true);
  });

  it("writes the same edits for the same seed", async () => {
    await instruct(anchorIds);
    const texts = async (id: string) =>
      (
        await test.studio.db.edit.findMany({
          where: { runId: id },
          orderBy: [{ anchorId: "asc" }, { ordinal: "asc" }],
        })
      ).map(({ instruction, targetCaption }: Pick<ProposedEdit, "instruction" | "targetCaption">) => [
        instruction,
        targetCaption,
      ]);
    const first = await texts(runId);
    const again = await createRun(test.context, (await getRun(test.context, runId)).config);
    runId = again.id;
    await startRun(test.studio, runId);
    await instruct(anchorIds);
    expect(await texts(runId)).toEqual(first);
  });

  it("does nothing while paused and goes on where it was after resuming", async () => {
    await instruct(anchorIds.slice(0, 2));
    await controlRun(test.context, { id: runId, event: "pause" });
    await instruct(anchorIds);
    expect((await getRun(test.context, runId)).stages[0]).toMatchObject({ done: 2 });
    await controlRun(test.context, { id: runId, event: "resume" });
    await instruct(anchorIds);
    expect(await getRun(test.context, runId)).toMatchObject({ state: "succeeded" });
  });

  it("throws for the queue to repeat, and records a failure only at the last attempt", async () => {
    await expect(instruct(anchorIds.slice(0, 1), failing, false)).rejects.toThrow("the connection broke");
    expect((await getRun(test.context, runId)).stages[0]).toMatchObject({ done: 0, failed: 0 });
    await instruct(anchorIds.slice(0, 1), failing);
    await instruct(anchorIds.slice(1));
    const ended = await getRun(test.context, runId);
    expect(ended).toMatchObject({
      state: "succeeded",
      message: expect.stringContaining("1 of 6 units of work failed"),
    });
    await controlRun(test.context, { id: runId, event: "retry" });
    await instruct(anchorIds);
    expect(await getRun(test.context, runId)).toMatchObject({ state: "succeeded", message: null });
    expect((await getRun(test.context, runId)).stages[0]).toMatchObject({ done: anchorCount, failed: 0 });
  });

  it("ends when it is resumed or retried with nothing left to do", async () => {
    await instruct(anchorIds.slice(1));
    const pausedMeanwhile: InstructionProvider = {
      ...createRecombinationProvider(),
      async propose(...wanted) {
        await controlRun(test.context, { id: runId, event: "pause" });
        return createRecombinationProvider().propose(...wanted);
      },
    };
    await instruct(anchorIds.slice(0, 1), pausedMeanwhile);
    expect(await getRun(test.context, runId)).toMatchObject({ state: "paused", stages: [{ done: 6 }] });
    const resumed = await controlRun(test.context, { id: runId, event: "resume" });
    expect(resumed.state).toBe("succeeded");
    const retried = await controlRun(test.context, { id: runId, event: "retry" });
    expect(retried.state).toBe("succeeded");
  });

  it("makes nothing of an anchor that was withdrawn meanwhile", async () => {
    const anchorId = anchorIds[0]!;
    await test.studio.db.anchor.update({ where: { id: anchorId }, data: { withdrawnAt: new Date() } });
    await instruct([anchorId]);
    await test.studio.db.anchor.update({ where: { id: anchorId }, data: { withdrawnAt: null } });
    const task = await test.studio.db.runAnchor.findUniqueOrThrow({
      where: { runId_anchorId: { runId, anchorId } },
    });
    expect(task).toMatchObject({ state: "failed", error: expect.stringContaining("withdrawn") });
    expect(await test.studio.db.edit.count({ where: { runId } })).toBe(0);
  });

  it("records no failure for work that was called off, not even at the last attempt", async () => {
    const stop = new AbortController();
    const calledOff: InstructionProvider = {
      ...createRecombinationProvider(),
      async propose() {
        stop.abort();
        throw stop.signal.reason;
      },
    };
    await instruct(anchorIds, calledOff, true, stop.signal);
    expect(await getRun(test.context, runId)).toMatchObject({
      state: "running",
      stages: [{ done: 0, failed: 0 }],
    });
  });

  it("stops at its limit of work", async () => {
    await test.studio.db.runStage.updateMany({ where: { runId }, data: { busyMs: 120_000 } });
    const { config } = await test.studio.db.run.findUniqueOrThrow({ where: { id: runId } });
    await test.studio.db.run.update({
      where: { id: runId },
      data: { config: { ...(config as object), limits: { maxMinutes: 1 } } },
    });
    await instruct(anchorIds);
    expect(await getRun(test.context, runId)).toMatchObject({
      state: "paused",
      message: "Stopped at its limit of 1 minutes of work.",
    });
  });

  it("gets nothing more once it is cancelled, not even what a worker had in hand", async () => {
    const cancelledMeanwhile: InstructionProvider = {
      ...createRecombinationProvider(),
      async propose(...wanted) {
        await controlRun(test.context, { id: runId, event: "cancel" });
        return createRecombinationProvider().propose(...wanted);
      },
    };
    await instruct(anchorIds.slice(0, 1));
    const { edits } = await readCounters(test.studio.db, test.context.caller.projectId);
    await instruct(anchorIds, cancelledMeanwhile);
    expect(await getRun(test.context, runId)).toMatchObject({ state: "cancelled", stages: [{ done: 1 }] });
    expect((await readCounters(test.studio.db, test.context.caller.projectId)).edits).toBe(edits);
  });

  it("is forecast with a warning where photographs are for a pack that edits scenes alone", async () => {
    const warnings = async (anchors: RunConfigInput["anchors"]) =>
      (await forecastRun(test.context, runConfigSchema.parse({ name: "x", anchors }))).warnings;
    expect(await warnings({})).toEqual([]);
    const photograph = { where: { id: anchorIds[0]! } };
    await test.studio.db.anchor.update({ ...photograph, data: { origin: "photo" } });
    expect(await warnings({})).toEqual([expect.stringContaining("The anchors include 1 imported image.")]);
    expect(await warnings({ origin: "storybook" })).toEqual([]);
    await test.studio.db.anchor.update({ ...photograph, data: { origin: "storybook" } });
  });

  it("cannot be resumed once cancelled", async () => {
    await controlRun(test.context, { id: runId, event: "cancel" });
    await expect(controlRun(test.context, { id: runId, event: "resume" })).rejects.toThrow(
      "A run that is cancelled cannot resume.",
    );
  });
});

describe("a run over many anchors", () => {
  const config = runConfigSchema.parse({ name: "Large", freeForm: { enabled: false } });
  const jobsOf = (name: string, id: string) =>
    test.testDatabase.query<{ data: { runId: string; anchorIds: string[] } }>(
      "SELECT data FROM pgboss.job WHERE name = $1 AND data->>'runId' = $2",
      [name, id],
    );
  const listed = async (id: string) =>
    (await test.studio.db.runAnchor.findMany({ where: { runId: id }, orderBy: { ordinal: "asc" } })).map(
      ({ anchorId, ordinal }) => [ordinal, anchorId] as const,
    );

  it("lists them page by page, and goes on where its listing was broken off", async () => {
    const { id } = await createRun(test.context, config);
    let pages = 0;
    // Called off after the first page.
    const signal = {
      get aborted() {
        return pages++ > 0;
      },
    } as AbortSignal;
    await startRun(test.studio, id, { signal, anchorsPerPage: 2 });
    expect(await listed(id)).toHaveLength(2);
    expect(await jobsOf("instruct", id)).toEqual([]);
    // Nobody takes a run for ended whose anchors are not all known.
    await controlRun(test.context, { id, event: "pause" });
    await controlRun(test.context, { id, event: "resume" });
    expect(await getRun(test.context, id)).toMatchObject({ state: "running", stages: [{ total: 2 }] });

    await startRun(test.studio, id, { anchorsPerPage: 2 });
    await startRun(test.studio, id, { anchorsPerPage: 2 });
    expect(await listed(id)).toEqual(anchorIds.map((anchorId, ordinal) => [ordinal, anchorId]));
    expect((await getRun(test.context, id)).stages).toMatchObject([{ total: anchorCount, done: 0 }]);
    const jobs = await jobsOf("instruct", id);
    expect(jobs.flatMap(({ data }) => data.anchorIds)).toEqual(anchorIds);
  });

  it("takes no more of them than it is to", async () => {
    const limited = runConfigSchema.parse({ ...config, anchors: { limit: 3 } });
    const { id } = await createRun(test.context, limited);
    await startRun(test.studio, id, { anchorsPerPage: 2 });
    expect(await listed(id)).toEqual(anchorIds.slice(0, 3).map((anchorId, ordinal) => [ordinal, anchorId]));
  });

  it("enqueues what is left from a place on, and nothing while it is paused", async () => {
    const rest = { runId, ordinal: 3 };
    await controlRun(test.context, { id: runId, event: "pause" });
    const before = await jobsOf("instruct", runId);
    await enqueueRest(test.studio, rest, never);
    expect(await jobsOf("instruct", runId)).toEqual(before);
    await controlRun(test.context, { id: runId, event: "resume" });
    await enqueueRest(test.studio, rest, never);
    const last = (await jobsOf("instruct", runId)).at(-1)!;
    expect(last.data.anchorIds).toEqual(anchorIds.slice(4));
  });
});
