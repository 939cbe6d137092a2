import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runConfigSchema } from "@/lib/domain/run-config";
import { exportDataset } from "@/lib/export/export-dataset";
import type { ExportRow } from "@/lib/export/export-row";
import { listAnchors } from "@/lib/server/anchors/list-anchors";
import { withdrawAnchor } from "@/lib/server/anchors/withdraw-anchor";
import { chainOfSample } from "@/lib/server/chains/chain-of-sample";
import { listChains } from "@/lib/server/chains/list-chains";
import { startTurn } from "@/lib/server/chains/start-turn";
import { undoTurn } from "@/lib/server/chains/undo-turn";
import { waitingTurns } from "@/lib/server/chains/waiting-turns";
import { readCounters } from "@/lib/server/counters";
import { searchSamples } from "@/lib/server/curate/search-samples";
import { cardFacts } from "@/lib/server/releases/card-facts";
import { createRelease } from "@/lib/server/releases/create-release";
import { exportRows } from "@/lib/server/releases/export-rows";
import { anchorFilter } from "@/lib/server/runs/anchor-filter";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
/** Samples of turn 1, 2 and 3 of one chain, and another second turn of the same first. */
let [first, second, third, branch] = ["", "", "", ""];

beforeAll(async () => {
  test = await createTestStudio();
});
afterAll(() => test.close());

const approve = (id: string) =>
  test.studio.db.sample.update({ where: { id }, data: { state: "approved", decidedAt: new Date() } });
const start = (...sampleIds: string[]) => startTurn(test.context, { sampleIds, limit: 100 });
const anchorAfter = (sampleId: string) =>
  test.studio.db.anchor.findFirstOrThrow({ where: { parentSampleId: sampleId } });

describe("a next turn", () => {
  it("starts from an approved sample's target, with its caption, licence and place in the chain", async () => {
    [first = ""] = await addSamples(test.context, 1);
    expect(await start(first)).toMatchObject({
      started: 0,
      refused: [{ sampleId: first, reason: "It is pending; only an approved sample can go on." }],
    });
    await approve(first);
    const before = await readCounters(test.studio.db, test.context.caller.projectId);
    expect(await start(first)).toEqual({ importId: expect.any(String), started: 1, refused: [] });
    const after = await readCounters(test.studio.db, test.context.caller.projectId);
    expect([after.anchors - before.anchors, after.captioned - before.captioned]).toEqual([1, 1]);

    const sample = await test.studio.db.sample.findUniqueOrThrow({
      where: { id: first },
      include: { candidate: { include: { edit: { include: { anchor: true } } } } },
    });
    const parent = sample.candidate.edit.anchor;
    expect(await anchorAfter(first)).toMatchObject({
      origin: "sample",
      turn: 2,
      caption: sample.targetCaption,
      imageSha: sample.candidate.imageSha,
      licence: parent.licence,
      rootAnchorId: parent.id,
    });
    const listed = await listAnchors(test.context, { limit: 10, origin: "sample" });
    expect(listed.items).toHaveLength(1);
    const apart = async (generated: boolean) =>
      (await listAnchors(test.context, { limit: 10, generated })).items.map(({ turn }) => turn);
    expect(await apart(true)).toEqual([2]);
    expect(new Set(await apart(false))).toEqual(new Set([1]));
  });

  it("starts once, and goes on from the turn after", async () => {
    expect((await start(first)).refused[0]?.reason).toMatch(/already/);
    const { id: anchorId } = await anchorAfter(first);
    [second = "", branch = ""] = await addSamples(test.context, 2, { anchorId });
    await approve(second);
    await approve(branch);
    await start(second);
    const next = await anchorAfter(second);
    expect(next).toMatchObject({ turn: 3 });
    [third = ""] = await addSamples(test.context, 1, { anchorId: next.id });
  });

  it("is started for all that are approved when none is named", async () => {
    const outcome = await startTurn(test.context, { limit: 100 });
    expect(outcome).toMatchObject({ started: 1, refused: [] });
    expect(await anchorAfter(branch)).toMatchObject({ turn: 3 });
    await expect(startTurn(test.context, { limit: 100 })).rejects.toThrow(/no approved sample/);
  });
});

describe("chains", () => {
  it("are listed with a strand for each last turn", async () => {
    const { items } = await listChains(test.context, { limit: 10 });
    expect(items).toHaveLength(1);
    const strands = items[0]!.strands.map(({ turns, waiting }) => ({
      ids: turns.map(({ sampleId }) => sampleId),
      waiting: waiting?.turn ?? null,
    }));
    expect(strands).toEqual([
      { ids: [first, second, third], waiting: null },
      { ids: [first, branch], waiting: 3 },
    ]);
    const [strand] = items[0]!.strands;
    strand!.turns.slice(1).forEach((turn, i) => {
      expect(turn.source.sha256).toBe(strand!.turns[i]!.target.sha256);
    });
  });

  it("are told of a sample: what led to it and what follows", async () => {
    const chain = await chainOfSample(test.context, second);
    expect(chain.before.map(({ sampleId, turn }) => [sampleId, turn])).toEqual([[first, 1]]);
    expect(chain.after.map(({ sampleId, turn }) => [sampleId, turn])).toEqual([[third, 3]]);
  });
});

const released = async (name: string, states: ("approved" | "pending")[]) => {
  const release = await createRelease(test.context, { name, filter: { states }, validationShare: 0.5 });
  const rows: ExportRow[] = [];
  for await (const row of exportRows(test.studio, release.id)) rows.push(row);
  return { release, rows };
};

describe("a release of chains", () => {
  it("names chain, turn and previous row, and keeps a chain in one split", async () => {
    await addSamples(test.context, 3);
    const { release, rows } = await released("with chains", ["approved", "pending"]);
    const place = (id: string) => {
      const { chainId, turnIndex, previousId } = rows.find((row) => row.id === id)!;
      return { chainId, turnIndex, previousId };
    };
    expect(place(first)).toEqual({ chainId: first, turnIndex: 1, previousId: null });
    expect(place(second)).toEqual({ chainId: first, turnIndex: 2, previousId: first });
    expect(place(third)).toEqual({ chainId: first, turnIndex: 3, previousId: second });
    expect(place(branch)).toEqual({ chainId: first, turnIndex: 2, previousId: first });
    const chained = rows.filter((row) => row.chainId);
    expect(chained).toHaveLength(4);
    expect(new Set(chained.map((row) => row.split)).size).toBe(1);
    expect(new Set(chained.map((row) => row.anchorSha256)).size).toBe(1);
    expect(rows.filter((row) => !row.chainId).every((row) => row.turnIndex === 0)).toBe(true);
    for (const row of chained.filter(({ previousId }) => previousId)) {
      const previous = rows.find(({ id }) => id === row.previousId);
      expect(Buffer.from(row.inputImage).equals(Buffer.from(previous!.editedImage))).toBe(true);
    }

    const folder = await mkdtemp(join(tmpdir(), "pentimento-chains-"));
    await exportDataset(exportRows(test.studio, release.id), {
      outDir: join(folder, "out"),
      profile: "imagefolder",
      card: await cardFacts(test.studio, {
        ...release,
        projectId: test.context.caller.projectId,
      }),
    });
    const card = await readFile(join(folder, "out", "README.md"), "utf8");
    expect(card).toContain("## Edits in several turns");
    expect(card).toContain("| 2 | 2 |");
    await rm(folder, { recursive: true });
  });

  it("begins a chain anew where the turn before is not in the release", async () => {
    const { rows } = await released("without the first", ["pending"]);
    expect(rows.find((row) => row.id === third)).toMatchObject({ chainId: null, turnIndex: 0 });
  });
});

it("is withdrawn from the picture where it began to its last turn", async () => {
  const { rootAnchorId } = await anchorAfter(first);
  const root = await test.studio.db.anchor.findUniqueOrThrow({ where: { id: rootAnchorId! } });
  const before = await readCounters(test.studio.db, test.context.caller.projectId);
  await withdrawAnchor(test.context, { id: root.id, version: root.version });
  const after = await readCounters(test.studio.db, test.context.caller.projectId);
  // The first picture and those of turn 2 and 3, the last of them in two strands.
  expect(after.anchors - before.anchors).toBe(-4);
  expect(after["samples.pending"] - before["samples.pending"]).toBe(-1);
  expect((await listChains(test.context, { limit: 10 })).items).toEqual([]);
  const { rows } = await released("after the withdrawal", ["approved", "pending"]);
  expect(rows).toHaveLength(3);
});

describe("what is sent on together", () => {
  const anchors = () =>
    readCounters(test.studio.db, test.context.caller.projectId).then((counts) => counts.anchors);
  let sampleIds: string[] = [];

  it("is one import that waits until a run is about it", async () => {
    // The first has the target of the first chain's first sample, which is an anchor already.
    sampleIds = (await addSamples(test.context, 3)).slice(1);
    await Promise.all(sampleIds.map(approve));
    const ready = { state: "approved", goesOn: false } as const;
    const matching = (filter: typeof ready) =>
      searchSamples(test.context, { filter, limit: 10 }).then(({ items }) => items.map(({ id }) => id));
    expect(await matching(ready)).toEqual([...sampleIds].reverse());

    const { importId, started } = await startTurn(test.context, {
      samples: { editType: "change-color" },
      limit: 100,
    });
    expect(started).toBe(2);
    expect(await matching(ready)).toEqual([]);
    const config = runConfigSchema.parse({ name: "next", anchors: { origin: "sample", importId } });
    const where = anchorFilter(test.context.caller.projectId, config);
    expect(await test.studio.db.anchor.count({ where })).toBe(2);
    const [waiting] = await waitingTurns(test.context);
    expect(waiting).toMatchObject({ importId, anchors: 2 });
    expect(waiting?.images).toHaveLength(2);

    const run = await test.studio.db.run.findFirstOrThrow();
    const { id: anchorId } = await anchorAfter(sampleIds[0]!);
    await test.studio.db.runAnchor.create({ data: { runId: run.id, anchorId, ordinal: 900 } });
    expect((await waitingTurns(test.context))[0]).toMatchObject({ importId, anchors: 1 });
  });

  it("is taken back but for what a run is about, and can be started again", async () => {
    const [{ importId } = { importId: null }] = await waitingTurns(test.context);
    const before = await anchors();
    expect(await undoTurn(test.context, { importId: importId! })).toEqual({ removed: 1, kept: 1 });
    expect(before - (await anchors())).toBe(1);
    expect(await undoTurn(test.context, { importId: importId! })).toEqual({ removed: 0, kept: 1 });

    const again = await start(sampleIds[1]!);
    expect(again.started).toBe(1);
    expect(await undoTurn(test.context, { importId: again.importId! })).toEqual({ removed: 1, kept: 0 });
    await expect(undoTurn(test.context, { importId: again.importId! })).rejects.toThrow("Nothing of this");
    expect(await test.studio.db.import.findUnique({ where: { id: again.importId! } })).toBeNull();
    expect(await waitingTurns(test.context)).not.toContainEqual(expect.objectContaining({ importId }));
  });
});
