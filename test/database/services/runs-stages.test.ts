import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noiseOf, rootOf } from "@/lib/domain/draw-noise";
import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import type { ProposedEdit } from "@/lib/domain/instruction-records";
import type { RecipeInputs } from "@/lib/domain/recipe";
import { type RunConfigInput, runConfigSchema } from "@/lib/domain/run-config";
import { drawRecordSchema } from "@/lib/domain/sampling/draw-plan";
import { bandOf } from "@/lib/domain/sampling/draw-settings";
import { lessonsSchema } from "@/lib/domain/sampling/lessons";
import type { InferenceEngine } from "@/lib/inference/types";
import type { InstructionProvider } from "@/lib/instructions/instruction-provider";
import { importStorybook } from "@/lib/server/imports/begin-import";
import { performImport } from "@/lib/server/imports/perform-import";
import { anchorCondition, anchorFilter } from "@/lib/server/runs/anchor-filter";
import { controlRun } from "@/lib/server/runs/control-run";
import { createRun } from "@/lib/server/runs/create-run";
import { generateEdits } from "@/lib/server/runs/generate-edits";
import { getRun } from "@/lib/server/runs/get-run";
import { giveUpEdits } from "@/lib/server/runs/give-up";
import { instructAnchors } from "@/lib/server/runs/instruct-anchors";
import { listEdits } from "@/lib/server/runs/list-edits";
import { wakeRun } from "@/lib/server/runs/pause-for-outage";
import { requeueEdit } from "@/lib/server/runs/requeue-edit";
import { runYield } from "@/lib/server/runs/run-yield";
import { startRun } from "@/lib/server/runs/start-run";
import { loadSeeds } from "@/lib/server/seeds/load-seeds";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
const never = new AbortController().signal;

beforeAll(async () => {
  test = await createTestStudio();
  const { id } = await importStorybook(test.context, { count: 12, seed: 3 });
  await performImport(test.studio, id, never);
});
afterAll(() => test.close());

/** A provider that gives so many edits of each wanted type, numbered on from those it knows. */
function countingProvider(perAnchor: Partial<Record<ProposedEdit["editType"], number>>): InstructionProvider {
  return {
    id: "counting",
    label: "counting",
    async propose(sourceCaption, { editTypes, known = [] }) {
      const edits = Object.entries(perAnchor).flatMap(([editType, count]) =>
        editTypes && !editTypes.includes(editType as ProposedEdit["editType"])
          ? []
          : Array.from({ length: count }, (_, i): ProposedEdit => {
              const name =
                ["amber", "violet", "teal", "crimson", "silver", "olive"][known.length + i] ?? "odd";
              return {
                sourceCaption,
                instruction: `Give the picture something ${name} ${editType}.`,
                targetCaption: `${sourceCaption} with something ${name} ${editType}`,
                editType: editType as ProposedEdit["editType"],
                editObject: null,
                provenance: {
                  providerId: "counting",
                  providerLabel: "counting",
                  model: null,
                  promptVersion: "1",
                  rngSeed: 1,
                  attempt: 1,
                  seedInstruction: null,
                  usage: null,
                },
              };
            }),
      );
      return { edits, failures: [], usage: null };
    },
  };
}

const instruct = (runId: string, anchorIds: string[], provider: InstructionProvider) =>
  instructAnchors(
    test.studio,
    { runId, anchorIds },
    {
      providerFor: async () => provider,
      seeds: (projectId) => loadSeeds(test.studio, projectId),
      signal: never,
      lastAttempt: true,
    },
  );

async function started(config: Partial<RunConfigInput>): Promise<{ runId: string; anchorIds: string[] }> {
  const parsed = runConfigSchema.parse({
    name: "Test",
    freeForm: { enabled: false },
    thresholds: { clipDirection: { min: 0.2 }, nearCopy: {} },
    ...config,
  });
  const { id: runId } = await createRun(test.context, parsed);
  await startRun(test.studio, runId);
  const rows = await test.studio.db.runAnchor.findMany({ where: { runId }, orderBy: { ordinal: "asc" } });
  return { runId, anchorIds: rows.map(({ anchorId }) => anchorId) };
}

/** A stand-in for the models: pictures of one colour, with the scores that the test wants draw by draw. */
function paintingEngine(
  score: (draw: number) => number,
  onBatch?: (captions: string[]) => void,
): InferenceEngine {
  let draws = 0;
  const picture = (level: number): RgbImage => ({
    width: 256,
    height: 256,
    data: new Uint8Array(256 * 256 * 3).fill(level % 256),
  });
  return {
    async generatePairs(requests) {
      onBatch?.(requests.map(({ targetCaption }) => targetCaption));
      return requests.map((request) => ({
        ok: true as const,
        pair: {
          source: picture(request.seed),
          target: picture(request.seed + 1),
          recipe: {
            pack: { name: "storybook", version: "1", hash: "0".repeat(64) },
            provider: "cpu",
            runtime: "test",
            noise: "test",
            scheduler: "test",
            steps: [],
            unetEvaluations: 10,
            truncated: { source: false, target: false },
          },
          timings: { prepare: 0, unet: 0, decode: 0, total: 0, pairs: 1 },
        },
      }));
    },
    score: async (requests) =>
      requests.map(() => ({ scores: { clipDirection: score(draws++), clipImage: 0.9 }, missing: {} })),
  } as Partial<InferenceEngine> as InferenceEngine;
}

const generate = (runId: string, editIds: string[], engine: InferenceEngine, lastAttempt = true) =>
  generateEdits(
    test.studio,
    { runId, editIds },
    {
      engineFor: async () => engine,
      chooserFor: () => Promise.reject(new Error("nobody asks")),
      signal: never,
      lastAttempt,
    },
  );

const images = { enabled: true, maxCandidates: 8, keep: 2, batch: 4 } as const;
const editsOf = async (runId: string) =>
  (await test.studio.db.edit.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(({ id }) => id);

describe("the anchors of a run", () => {
  it("are the same by the database's own condition as by the client's", async () => {
    const project = test.context.caller.projectId;
    for (const anchors of [
      {},
      { origin: "storybook" as const },
      { origin: "photo" as const },
      { limit: 3 },
    ]) {
      const config = runConfigSchema.parse({ name: "x", anchors });
      const counted = await test.studio.db.anchor.count({ where: anchorFilter(project, config) });
      const rows = await test.studio.db.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM anchors WHERE ${anchorCondition(project, config)}`;
      expect(rows[0]?.n).toBe(counted);
    }
    const { anchorIds } = await started({ anchors: { limit: 5 } });
    expect(anchorIds).toEqual([...anchorIds].sort());
    expect(anchorIds).toHaveLength(5);
  });
});

describe("quotas", () => {
  it("ask anchors in rounds for what is missing until every quota is met", async () => {
    const { runId, anchorIds } = await started({
      quotas: { add: 14, turn: 4 },
      instructions: { editsPerAnchor: 1, rounds: 2 },
    });
    const provider = countingProvider({ add: 1, turn: 1, replace: 1 });
    const asked: number[] = [];
    for (let i = 0; i < 10; i++) {
      const waiting = await test.studio.db.runAnchor.findMany({
        where: { runId, state: "pending", round: { gt: 0 } },
      });
      if (waiting.length === 0) break;
      asked.push(waiting.length);
      await instruct(
        runId,
        waiting.map(({ anchorId }) => anchorId),
        provider,
      );
    }
    const run = await getRun(test.context, runId);
    expect(run).toMatchObject({ state: "succeeded", message: null });
    expect(asked.length).toBeGreaterThan(1);
    expect(run.coverage).toMatchObject([
      { editType: "add", quota: 14, editsNeeded: 0 },
      { editType: "turn", quota: 4, editsNeeded: 0 },
    ]);
    for (const { kept, quota } of run.coverage) expect(kept).toBeGreaterThanOrEqual(quota);
    const types = await test.studio.db.edit.groupBy({ by: ["editType"], where: { runId }, _count: true });
    expect(types.map(({ editType }) => editType).sort()).toEqual(["add", "turn"]);
    expect(anchorIds).toHaveLength(12);
    const ordinals = await test.studio.db.edit.findMany({ where: { runId, anchorId: anchorIds[0]! } });
    expect(new Set(ordinals.map(({ ordinal }) => ordinal)).size).toBe(ordinals.length);
  });

  it("end with a sentence when the anchors give no more", async () => {
    const { runId, anchorIds } = await started({ quotas: { remove: 100 }, instructions: { rounds: 3 } });
    const provider = countingProvider({ add: 1 });
    await instruct(runId, anchorIds, provider);
    const run = await getRun(test.context, runId);
    expect(run.state).toBe("succeeded");
    expect(run.message).toContain("remove 0 of 100");
    const rows = await test.studio.db.runAnchor.findMany({ where: { runId } });
    expect(rows.every(({ exhausted, round }) => exhausted && round === 1)).toBe(true);
  });

  it("leave out edits of a type that has enough", async () => {
    const { runId, anchorIds } = await started({
      quotas: { add: 1 },
      instructions: { editsPerAnchor: 2 },
      freeForm: { ...images, keep: 1 },
    });
    await instruct(runId, anchorIds, countingProvider({ add: 2 }));
    await generate(
      runId,
      await editsOf(runId),
      paintingEngine(() => 0.9),
    );
    const run = await getRun(test.context, runId);
    expect(run).toMatchObject({ state: "succeeded", coverage: [{ kept: 1 }] });
    const freeForm = run.stages.find(({ stage }) => stage === "freeForm")!;
    expect(freeForm).toMatchObject({ kept: 1, skipped: freeForm.total - 1, done: freeForm.total });
    const items = (await listEdits(test.context, { id: runId, limit: 50 })).items;
    expect(items.filter(({ state }) => state === "skipped")[0]?.error).toContain("quota of 1");
  });
});

describe("what is kept", () => {
  it("is no more than the quota has room for", async () => {
    const { runId, anchorIds } = await started({
      quotas: { add: 3 },
      instructions: { editsPerAnchor: 2 },
      freeForm: { ...images, keep: 2 },
    });
    await instruct(runId, anchorIds, countingProvider({ add: 2 }));
    await generate(
      runId,
      await editsOf(runId),
      paintingEngine(() => 0.9),
    );
    const run = await getRun(test.context, runId);
    expect(run.coverage).toMatchObject([{ editType: "add", kept: 3, quota: 3 }]);
    expect(await test.studio.db.sample.count({ where: { runId } })).toBe(3);
  });

  it("does not grow after the run was cancelled", async () => {
    const { runId, anchorIds } = await started({ freeForm: { ...images, keep: 1 }, anchors: { limit: 2 } });
    await instruct(runId, anchorIds, countingProvider({ add: 1 }));
    const cancelling = paintingEngine(() => 0.9);
    const { generatePairs } = cancelling;
    cancelling.generatePairs = async (...requests) => {
      const { state } = await getRun(test.context, runId);
      if (state === "running") await controlRun(test.context, { id: runId, event: "cancel" });
      return generatePairs.apply(cancelling, requests);
    };
    await generate(runId, await editsOf(runId), cancelling);
    const run = await getRun(test.context, runId);
    expect(run.state).toBe("cancelled");
    expect(run.stages.find(({ stage }) => stage === "freeForm")).toMatchObject({
      done: 0,
      produced: 0,
      kept: 0,
    });
    expect(await test.studio.db.candidate.count({ where: { runId } })).toBe(0);
  });
});

describe("a service that is down", () => {
  it("pauses the run, which goes on by itself, and fails no anchor", async () => {
    const { runId, anchorIds } = await started({ anchors: { limit: 2 } });
    const down: InstructionProvider = {
      ...countingProvider({}),
      propose: () => Promise.reject(new UserError("unavailable", "The model cannot be reached.", "baseUrl")),
    };
    await instruct(runId, anchorIds, down);
    const paused = await getRun(test.context, runId);
    expect(paused).toMatchObject({ state: "paused", stages: [{ done: 0, failed: 0 }] });
    expect(paused.message).toContain("cannot be reached");
    expect(paused.resumeAt!.getTime()).toBeGreaterThan(Date.now() + 5_000);

    await wakeRun(test.studio, runId);
    expect((await getRun(test.context, runId)).state).toBe("paused");
    await test.studio.db.run.update({ where: { id: runId }, data: { resumeAt: new Date() } });
    await wakeRun(test.studio, runId);
    expect(await getRun(test.context, runId)).toMatchObject({
      state: "running",
      message: null,
      resumeAt: null,
    });
    await instruct(runId, anchorIds, {
      ...countingProvider({}),
      propose: async () => ({
        edits: [],
        failures: [{ kind: "request-failed", reason: "It failed after 4 retries.", rawText: "", attempt: 1 }],
        usage: null,
      }),
    });
    const again = await test.studio.db.run.findUniqueOrThrow({ where: { id: runId } });
    expect(again).toMatchObject({ state: "paused", outages: 2 });
    await controlRun(test.context, { id: runId, event: "resume" });
    await instruct(runId, anchorIds, countingProvider({ add: 1 }));
    expect(await getRun(test.context, runId)).toMatchObject({ state: "succeeded" });
    expect((await test.studio.db.run.findUniqueOrThrow({ where: { id: runId } })).outages).toBe(0);
  });
});

describe("drawing", () => {
  it("keeps the best of what passes, says why of the rest, and counts what each type yields", async () => {
    const { runId, anchorIds } = await started({
      anchors: { limit: 1 },
      freeForm: { ...images, keep: 1 },
      sampling: { leastRaise: 1 },
    });
    await instruct(runId, anchorIds, countingProvider({ add: 1, turn: 1 }));
    const scores = [0.05, 0.3, 0.6, 0.1];
    const ids = await editsOf(runId);
    await generate(
      runId,
      [ids[0]!],
      paintingEngine((draw) => scores[draw] ?? 0),
    );
    await generate(
      runId,
      [ids[1]!],
      paintingEngine(() => 0.1),
    );
    const [never_, first] = (await listEdits(test.context, { id: runId, limit: 5 })).items;
    const verdicts = first!.candidates.map(({ selected, failures }) => [selected, failures]);
    expect(first).toMatchObject({ state: "done", plan: { stopped: "enough" } });
    expect(verdicts[0]).toEqual([false, ["clipDirection:min"]]);
    expect(verdicts.filter(([selected]) => selected)).toHaveLength(1);
    expect(never_).toMatchObject({ drawn: 8, plan: { stopped: "limit" } });
    const run = await getRun(test.context, runId);
    const drawn = first!.drawn;
    expect(run.yields).toMatchObject([
      { editType: "add", edits: 1, finished: 1, drawn, kept: 1, fruitful: 1, unetRows: 10 * drawn },
      { editType: "turn", edits: 1, finished: 1, drawn: 8, passed: 0, kept: 0, fruitful: 0 },
    ]);
    expect(run.state).toBe("succeeded");
    const [stage] = await runYield(test.context, runId, { draws: 8 });
    expect(stage).toMatchObject({ stage: "freeForm", report: { short: 1 } });
  });

  it("chooses steps and thresholds, remembers what they gave, and goes on while a draw promises more", async () => {
    const { runId, anchorIds } = await started({ anchors: { limit: 1 }, freeForm: { ...images, keep: 1 } });
    await instruct(runId, anchorIds, countingProvider({ add: 2 }));
    const [first, second] = await editsOf(runId);
    const rising = () => paintingEngine((draw) => 0.5 + 0.04 * draw);
    await generate(runId, [first!], rising());
    const lessons = async () =>
      lessonsSchema.parse((await test.studio.db.runYield.findFirstOrThrow({ where: { runId } })).lessons);
    const edit = await test.studio.db.edit.findUniqueOrThrow({ where: { id: first! } });
    const { settings } = drawRecordSchema.parse(edit.plan);
    expect(edit.drawn).toBeGreaterThan(1);
    expect(settings).toHaveLength(edit.drawn);
    const candidates = await test.studio.db.candidate.findMany({
      where: { editId: first! },
      orderBy: { draw: "asc" },
    });
    const recipes = candidates.map(({ recipe }) => recipe as unknown as RecipeInputs);
    for (const [draw, recipe] of recipes.entries()) {
      const { steps, band, noise } = settings[draw]!;
      expect({ steps, band }).toEqual({ steps: recipe.steps, band: bandOf([0.1, 0.9], recipe.control.self) });
      // Noise that is taken up is that of a draw before.
      const earlier = recipes.slice(0, draw).some(({ seed }) => seed === recipe.seed);
      expect(earlier).toBe(noise !== null);
      expect(rootOf(noiseOf(recipe))).toBe(recipe.seed);
    }
    const roots = new Set(recipes.map(({ seed }) => seed));
    expect(await lessons()).toMatchObject({ draws: roots.size, edits: 1 });
    await generate(runId, [second!], rising());
    expect(await lessons()).toMatchObject({ edits: 2 });
  });

  it("draws several targets from one source where asked to", async () => {
    const { runId, anchorIds } = await started({
      anchors: { limit: 1 },
      freeForm: { ...images, targetsPerSource: 4 },
      sampling: { mode: "fixed" },
    });
    await instruct(runId, anchorIds, countingProvider({ add: 1 }));
    await generate(
      runId,
      await editsOf(runId),
      paintingEngine(() => 0.1),
    );
    const candidates = await test.studio.db.candidate.findMany({
      where: { runId },
      orderBy: { draw: "asc" },
    });
    expect(candidates).toHaveLength(8);
    expect(new Set(candidates.map(({ renderId }) => renderId)).size).toBe(2);
    expect(candidates[0]!.renderId).toBe(candidates[3]!.renderId);
  });

  it("lets no edit that fails hold up its neighbours, and gives up only what fails alone", async () => {
    const { runId, anchorIds } = await started({ anchors: { limit: 3 }, freeForm: images });
    await instruct(runId, anchorIds, countingProvider({ add: 1 }));
    const ids = await editsOf(runId);
    const captions = (await test.studio.db.edit.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(
      ({ targetCaption }) => targetCaption,
    );
    const poisoned = paintingEngine(
      () => 0.9,
      (asked) => {
        if (asked.includes(captions[0]!)) throw new Error("the thread died");
      },
    );
    await expect(generate(runId, ids, poisoned, false)).rejects.toThrow("the thread died");
    const states = async () =>
      (await test.studio.db.edit.findMany({ where: { runId }, orderBy: { id: "asc" } })).map(
        ({ state }) => state,
      );
    expect(await states()).toEqual(["pending", "done", "done"]);
    // A job whose worker died each time: its edits get jobs of their own, and nothing is recorded yet.
    await giveUpEdits(test.studio, { runId, editIds: ids }, "It failed.");
    expect(await states()).toEqual(["pending", "done", "done"]);
    await giveUpEdits(test.studio, { runId, editIds: [ids[0]!] }, "It failed.");
    expect(await states()).toEqual(["failed", "done", "done"]);
    await controlRun(test.context, { id: runId, event: "retry" });
    await generate(
      runId,
      ids,
      paintingEngine(() => 0.9),
    );
    expect(await states()).toEqual(["done", "done", "done"]);
    expect((await getRun(test.context, runId)).yields).toMatchObject([{ edits: 3, finished: 3 }]);
  });

  it("draws an edit that was sent back as a new one, with other words or as it was", async () => {
    const { runId, anchorIds } = await started({ anchors: { limit: 1 }, freeForm: images });
    await instruct(runId, anchorIds, countingProvider({ add: 1 }));
    const [editId] = (await editsOf(runId)) as [string];
    await generate(
      runId,
      [editId],
      paintingEngine(() => 0.9),
    );
    expect((await getRun(test.context, runId)).state).toBe("succeeded");
    const again = await requeueEdit(test.context, { editId, instruction: "Remove the whole thing." });
    expect(await getRun(test.context, runId)).toMatchObject({ state: "running", finishedAt: null });
    const row = await test.studio.db.edit.findUniqueOrThrow({ where: { id: again } });
    expect(row).toMatchObject({ parentId: editId, ordinal: 1, state: "pending", editType: "remove" });
    await generate(
      runId,
      [again],
      paintingEngine(() => 0.9),
    );
    expect((await getRun(test.context, runId)).state).toBe("succeeded");
    await expect(requeueEdit(test.context, { editId, instruction: "" })).rejects.toThrow();
    await expect(requeueEdit(test.context, { editId: runId })).rejects.toThrow("There is no such edit.");
  });

  it("looks for what the new words of an edit are about, and not for what the old ones were", async () => {
    const { runId, anchorIds } = await started({ anchors: { limit: 1 }, freeForm: images });
    await instruct(runId, anchorIds, countingProvider({ add: 1 }));
    const [editId] = (await editsOf(runId)) as [string];
    const texts = {
      sourceCaption: "a red car beside a tree",
      instruction: "Make the car blue.",
      targetCaption: "a blue car beside a tree",
    };
    await test.studio.db.edit.update({ where: { id: editId }, data: { ...texts, editObject: "red car" } });
    const objectAfter = async (change: Partial<typeof texts>) => {
      const id = await requeueEdit(test.context, { editId, ...change });
      return (await test.studio.db.edit.findUniqueOrThrow({ where: { id } })).editObject;
    };
    expect(await objectAfter({})).toBe("red car");
    expect(await objectAfter({ targetCaption: "a teal car beside a tree" })).toBe("red car");
    expect(await objectAfter({ instruction: "Make the tree blue." })).toBe("tree");
    expect(await objectAfter({ instruction: "Add a dog." })).toBeNull();
  });
});
