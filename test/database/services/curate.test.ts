import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SampleFilter } from "@/lib/api/contract/curate";
import { cosine } from "@/lib/domain/embeddings/near-duplicates";
import { readCounters } from "@/lib/server/counters";
import { applyBulk } from "@/lib/server/curate/apply-bulk";
import { countMatches } from "@/lib/server/curate/count-matches";
import { findSimilar } from "@/lib/server/curate/find-similar";
import { layOutMap } from "@/lib/server/curate/lay-out-map";
import { listBulks } from "@/lib/server/curate/list-bulks";
import { performBulk, stopBulk } from "@/lib/server/curate/perform-bulk";
import { deleteView, listViews, saveView } from "@/lib/server/curate/saved-views";
import { searchSamples } from "@/lib/server/curate/search-samples";
import { listFacets, listTags } from "@/lib/server/curate/tags";
import { performUndo, undoBulk } from "@/lib/server/curate/undo-bulk";
import { writeEmbeddings } from "@/lib/server/curate/write-embeddings";
import { decide } from "@/lib/server/review/decide";
import { addScoredSamples } from "@/test/support/cloned-samples";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
/** Newest first, as lists show them. */
let ids: string[];

const count = 300;
const search = (filter: SampleFilter, page: { cursor?: string; limit?: number } = {}) =>
  searchSamples(test.context, { filter, limit: 60, ...page });
const idsOf = async (filter: SampleFilter, limit = 200) => {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await search(filter, { limit, ...(cursor && { cursor }) });
    found.push(...page.items.map(({ id }) => id));
    if (!page.nextCursor) return found;
    cursor = page.nextCursor;
  }
};
const consistentCounts = async () => {
  const counts = await readCounters(test.studio.db, test.context.caller.projectId);
  for (const state of ["pending", "approved", "rejected"] as const) {
    expect(counts[`samples.${state}`]).toBe(
      await test.studio.db.sample.count({ where: { state, withdrawn: false } }),
    );
  }
};

beforeAll(async () => {
  test = await createTestStudio();
  const made = await addScoredSamples(
    test.context,
    Array.from({ length: count }, (_, i) => ({ clipDirection: i / count, ssim: 0.5 })),
  );
  await test.studio.db.sample.update({
    where: { id: made[7]! },
    data: { instruction: "Replace the cat with two running foxes.", targetCaption: "zwei Füchse im Schnee" },
  });
  ids = [...made].reverse();
  await test.testDatabase.query("ANALYZE");
}, 300_000);
afterAll(() => test.close());

describe("search", () => {
  it("pages through everything without a gap or a repeat", async () => {
    expect(await idsOf({}, 37)).toEqual(ids);
  });

  it("finds stems, very words, other scripts' words and phrases", async () => {
    const one = [ids[count - 1 - 7]!];
    for (const text of ["fox", "foxes run", "FÜCHSE", '"two running foxes"', "fox -cars", "the cat fox"]) {
      expect(await idsOf({ text }), text).toEqual(one);
    }
    expect(await idsOf({ text: '"foxes running"' })).toEqual([]);
    expect(await idsOf({ text: "fox or blue" })).toHaveLength(count);
    expect(await idsOf({ text: "fox", state: "approved" })).toEqual([]);
  });

  it("answers garbage with a sentence or with nothing, never with a failure", async () => {
    for (const text of ["\0", "a\0b"]) await expect(search({ text })).rejects.toThrow("NUL character");
    await expect(search({ text: "\ud800" })).rejects.toThrow("half of a character");
    await expect(search({ text: "x".repeat(201) })).rejects.toThrow("at most 200");
    await expect(search({ licence: "a\0" })).rejects.toThrow("NUL character");
    await expect(search({ scores: { nonsense: { min: 1 } } })).rejects.toThrow("“nonsense” is no score");
    for (const text of ["'", "&|!()", ":*", "\\", "%_", "((", "\u202e\u0301", "🦊", " ", "or", "-", '"']) {
      expect(Array.isArray((await search({ text })).items), text).toBe(true);
    }
  });

  it("filters by score, date, licence, mask, turn and tag", async () => {
    expect(await idsOf({ scores: { clipDirection: { min: 0.9 } } })).toEqual(ids.slice(0, 30));
    expect(await idsOf({ scores: { clipDirection: { min: 0.5, max: 0.5 } } })).toHaveLength(1);
    expect(await idsOf({ scores: { dino: { min: 0 } } })).toEqual([]);
    expect(await idsOf({ licence: "CC0-1.0" })).toHaveLength(count);
    expect(await idsOf({ licence: "none" })).toEqual([]);
    expect(await idsOf({ hasMask: true })).toEqual([]);
    expect(await idsOf({ turn: 1, origin: "photo" })).toHaveLength(count);
    expect(await idsOf({ from: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(
      await idsOf({ from: new Date(Date.now() - 600_000), until: new Date(Date.now() + 60_000) }),
    ).toHaveLength(count);
    expect(await idsOf({ until: new Date(0) })).toEqual([]);
    const { runId } = await test.studio.db.sample.findUniqueOrThrow({ where: { id: ids[0]! } });
    expect(await idsOf({ runId, state: "pending", editType: "change-color" })).toHaveLength(count);
    expect(await idsOf({ runId })).toEqual(ids);
    expect(await idsOf({ editType: "remove" })).toEqual([]);
    expect(await listFacets(test.context)).toMatchObject({ licences: ["CC0-1.0"] });
  });

  it("filters by reviewer, reason and who decided", async () => {
    const id = ids[5]!;
    const { textRevision, maskRevision } = await test.studio.db.sample.findUniqueOrThrow({ where: { id } });
    await decide(test.context, {
      sampleId: id,
      kind: "reject",
      reasons: ["artifacts"],
      textRevision,
      maskRevision,
    });
    const { memberId } = test.context.caller;
    expect(await idsOf({ reviewerId: memberId })).toEqual([id]);
    expect(await idsOf({ reason: "artifacts" })).toEqual([id]);
    expect(await idsOf({ reason: "too-much" })).toEqual([]);
    expect(await idsOf({ decidedBy: "people" })).toEqual([id]);
    expect(await idsOf({ decidedBy: "policy" })).toEqual([]);
    expect(await idsOf({ reviewerId: memberId, state: "rejected", text: "blue" })).toEqual([id]);
  });
});

describe("saved views", () => {
  it("keeps a filter, refuses a taken name and a lost race, and restores dates", async () => {
    const filter: SampleFilter = { state: "approved", from: new Date("2026-01-02T00:00:00Z") };
    const saved = await saveView(test.context, { name: "  Good\n ones ", filter });
    expect(saved).toMatchObject({ name: "Good ones", filter, version: 1 });
    await expect(saveView(test.context, { name: "Good ones", filter: {} })).rejects.toThrow(
      "There is a view",
    );
    const replaced = await saveView(test.context, {
      name: "Good ones",
      filter: { state: "rejected" },
      replaces: 1,
    });
    expect(replaced.version).toBe(2);
    await expect(saveView(test.context, { name: "Good ones", filter: {}, replaces: 1 })).rejects.toThrow(
      "meanwhile",
    );
    await expect(saveView(test.context, { name: "\0", filter: {} })).rejects.toThrow("NUL character");
    await expect(saveView(test.context, { name: "  ", filter: {} })).rejects.toThrow("Give the view a name");
    await deleteView(test.context, { id: saved.id });
    expect(await listViews(test.context)).toEqual([]);
  });
});

describe("actions on many", () => {
  const versioned = async (chosen: string[]) =>
    (await test.studio.db.sample.findMany({ where: { id: { in: chosen } } })).map(({ id, version }) => ({
      id,
      version,
    }));

  it("tags, and takes the tag back from those it was put on", async () => {
    const samples = await versioned(ids.slice(10, 20));
    const first = await applyBulk(test.context, {
      kind: "tag",
      tag: " keep ",
      reasons: [],
      samples: samples.slice(0, 3),
    });
    const second = await applyBulk(test.context, { kind: "tag", tag: "keep", reasons: [], samples });
    expect([first.changed, second.changed, second.left]).toEqual([3, 7, 3]);
    const [tag] = await listTags(test.context);
    expect(tag).toMatchObject({ name: "keep", samples: 10, more: false });
    expect(await idsOf({ tagId: tag!.id })).toEqual(ids.slice(10, 20));
    expect(await idsOf({ tagId: tag!.id, scores: { clipDirection: { max: 0 } } })).toEqual([]);
    expect((await search({ tagId: tag!.id })).items[0]!.tags).toEqual([{ id: tag!.id, name: "keep" }]);
    await undoBulk(test.context, { id: second.id });
    expect((await idsOf({ tagId: tag!.id })).sort()).toEqual(
      samples
        .slice(0, 3)
        .map(({ id }) => id)
        .sort(),
    );
    const untag = await applyBulk(test.context, { kind: "untag", tag: "keep", reasons: [], samples });
    expect(untag.changed).toBe(3);
    await undoBulk(test.context, { id: untag.id });
    expect(await idsOf({ tagId: tag!.id })).toHaveLength(3);
    await expect(
      applyBulk(test.context, { kind: "untag", tag: "other", reasons: [], samples }),
    ).rejects.toThrow("no tag");
  });

  it("decides on all that did not change meanwhile, and undoes that as one", async () => {
    const samples = await versioned(ids.slice(20, 40));
    await test.studio.db.sample.update({
      where: { id: samples[0]!.id },
      data: { version: { increment: 1 } },
    });
    const bulk = await applyBulk(test.context, { kind: "reject", reasons: ["artifacts"], samples });
    expect(bulk).toMatchObject({ changed: 19, left: 1, state: "succeeded", detail: "artifacts" });
    expect(await idsOf({ state: "rejected", reason: "artifacts" })).toHaveLength(20);
    await consistentCounts();
    expect(
      await test.studio.db.reviewTicket.count({ where: { sampleId: { in: samples.map(({ id }) => id) } } }),
    ).toBe(1);
    const undone = await undoBulk(test.context, { id: bulk.id });
    expect(undone).toMatchObject({ undone: true, restored: 19 });
    expect(await idsOf({ state: "rejected" })).toEqual([ids[5]]);
    await consistentCounts();
    await expect(undoBulk(test.context, { id: bulk.id })).rejects.toThrow("taken back already");
    expect(
      await test.studio.db.reviewTicket.count({ where: { sampleId: { in: samples.map(({ id }) => id) } } }),
    ).toBe(20);
  });

  it("restores what people had said before, when it overrode that", async () => {
    const approve = await applyBulk(test.context, {
      kind: "approve",
      reasons: [],
      samples: [{ id: ids[5]! }],
    });
    expect(await idsOf({ state: "approved" })).toEqual([ids[5]]);
    await undoBulk(test.context, { id: approve.id });
    expect(await idsOf({ state: "rejected" })).toEqual([ids[5]]);
    await consistentCounts();
  });

  it("sends decided samples to review, and says the decision again when undone", async () => {
    const reopen = await applyBulk(test.context, {
      kind: "reopen",
      reasons: [],
      samples: await versioned([ids[5]!, ids[6]!]),
    });
    expect(reopen).toMatchObject({ changed: 1, left: 1 });
    expect(await idsOf({ state: "rejected" })).toEqual([]);
    await consistentCounts();
    await undoBulk(test.context, { id: reopen.id });
    expect(await idsOf({ state: "rejected", reason: "artifacts" })).toEqual([ids[5]]);
    await consistentCounts();
    expect((await listBulks(test.context))[0]).toMatchObject({ kind: "reopen", undone: true });
  });

  it("is refused to reviewers, with nothing chosen, and with a reason that is none", async () => {
    const reviewer = { ...test.context, caller: { ...test.context.caller, role: "reviewer" as const } };
    const input = { kind: "approve" as const, reasons: [], samples: [{ id: ids[0]! }] };
    await expect(applyBulk(reviewer, input)).rejects.toThrow("curate");
    await expect(applyBulk(test.context, { ...input, samples: [] })).rejects.toThrow("at least one");
    await expect(applyBulk(test.context, { ...input, kind: "reject", reasons: ["ugly"] })).rejects.toThrow(
      "no reason",
    );
  });
});

describe("actions on everything that fits", () => {
  const samplesWith = (part: object) => test.studio.db.sample.count({ where: { withdrawn: false, ...part } });
  const tagged = (name: string) => test.studio.db.sampleTag.count({ where: { tag: { name } } });
  const view = async (id: string) => (await listBulks(test.context, { id }))[0]!;

  it("tags whatever its turn finds to fit, and takes that back as one", async () => {
    const filter: SampleFilter = { scores: { clipDirection: { min: 0.5 } } };
    const asked = await applyBulk(test.context, { kind: "tag", tag: "sharp", reasons: [], filter });
    expect(asked).toMatchObject({ state: "queued", changed: 0, filter });
    await performBulk(test.studio, asked.id);
    expect(await view(asked.id)).toMatchObject({ state: "succeeded", changed: 150, left: 0 });
    expect(await tagged("sharp")).toBe(150);
    // A job that comes twice finds nothing to do.
    await performBulk(test.studio, asked.id);
    expect(await tagged("sharp")).toBe(150);
    await undoBulk(test.context, { id: asked.id });
    expect(await view(asked.id)).toMatchObject({ undone: true, restored: 150, searchedTo: null });
    expect(await tagged("sharp")).toBe(0);
  });

  it("decides on everything, goes on where a killed worker stopped, and leaves what no longer fits", async () => {
    const before = await samplesWith({ state: "pending" });
    const filter: SampleFilter = { state: "pending", text: "blue" };
    const asked = await applyBulk(test.context, { kind: "reject", reasons: ["artifacts"], filter });
    // As if a worker had died behind the 100th sample.
    await test.studio.db.bulkAction.update({
      where: { id: asked.id },
      data: { state: "running", cursor: ids[100]! },
    });
    await expect(performBulk(test.studio, asked.id, AbortSignal.abort())).rejects.toThrow("stopped before");
    await performBulk(test.studio, asked.id);
    const done = await view(asked.id);
    expect(done.state).toBe("succeeded");
    expect(await samplesWith({ state: "rejected", id: { gte: ids[100]! } })).toBeLessThan(5);
    expect(await samplesWith({ state: "pending", id: { lt: ids[100]! } })).toBeLessThan(5);
    await consistentCounts();
    expect(await test.studio.db.reviewTicket.count()).toBe(await samplesWith({ state: "pending" }));
    await undoBulk(test.context, { id: asked.id });
    expect(await samplesWith({ state: "pending" })).toBe(before);
    await consistentCounts();
    expect(await test.studio.db.reviewTicket.count()).toBe(before);
  });

  it("is stopped midway, and taken back by a worker where it changed many", async () => {
    const asked = await applyBulk(test.context, { kind: "approve", reasons: [], filter: {} });
    await expect(stopBulk({ ...test.context }, { id: asked.id })).resolves.toMatchObject({ stopped: true });
    await performBulk(test.studio, asked.id);
    expect(await view(asked.id)).toMatchObject({ state: "succeeded", changed: 0, stopped: true });
    await expect(stopBulk(test.context, { id: asked.id })).rejects.toThrow("not under way");

    const states = async () =>
      (await test.studio.db.sample.findMany({ where: { withdrawn: false }, orderBy: { id: "asc" } })).map(
        ({ state }) => state,
      );
    const before = await states();
    const whole = await applyBulk(test.context, { kind: "approve", reasons: [], filter: {} });
    await performBulk(test.studio, whole.id);
    expect(await samplesWith({ state: "approved" })).toBe(count);
    await consistentCounts();
    // As if it had changed more than one request takes back.
    await test.studio.db.bulkAction.update({ where: { id: whole.id }, data: { changed: 1_000_000 } });
    expect(await undoBulk(test.context, { id: whole.id })).toMatchObject({ state: "running", undone: true });
    await performUndo(test.studio, whole.id);
    expect(await view(whole.id)).toMatchObject({ state: "succeeded", restored: count });
    expect(await states()).toEqual(before);
    await consistentCounts();
  });

  it("sends everything to review and says the decisions again when undone", async () => {
    await performBulk(
      test.studio,
      (await applyBulk(test.context, { kind: "approve", reasons: [], filter: { text: "blue" } })).id,
    );
    const approved = await samplesWith({ state: "approved" });
    const reopen = await applyBulk(test.context, {
      kind: "reopen",
      reasons: [],
      filter: { state: "approved" },
    });
    await performBulk(test.studio, reopen.id);
    expect(await samplesWith({ state: "approved" })).toBe(0);
    await consistentCounts();
    expect(await undoBulk(test.context, { id: reopen.id })).toMatchObject({ restored: approved });
    expect(await samplesWith({ state: "approved" })).toBe(approved);
    await consistentCounts();
    expect(await test.studio.db.reviewTicket.count()).toBe(await samplesWith({ state: "pending" }));
  });

  it("refuses what makes no sense, before anything is begun", async () => {
    const begun = await test.studio.db.bulkAction.count();
    const input = { kind: "approve" as const, reasons: [] };
    await expect(applyBulk(test.context, input)).rejects.toThrow("at least one");
    await expect(
      applyBulk(test.context, { ...input, samples: [{ id: ids[0]! }], filter: {} }),
    ).rejects.toThrow("not both");
    await expect(applyBulk(test.context, { ...input, filter: { text: "a\0" } })).rejects.toThrow("NUL");
    await expect(
      applyBulk(test.context, { ...input, filter: { scores: { nonsense: { min: 1 } } } }),
    ).rejects.toThrow("is no score");
    expect(await test.studio.db.bulkAction.count()).toBe(begun);
  });

  it("counts beforehand", async () => {
    const counted = (filter: SampleFilter) => countMatches(test.context, { filter });
    expect(await counted({})).toEqual({ samples: count, kind: "exact" });
    expect(await counted({ state: "rejected" })).toMatchObject({ kind: "exact" });
    expect(await counted({ scores: { clipDirection: { min: 0.9 } } })).toEqual({
      samples: 30,
      kind: "exact",
    });
    await expect(counted({ text: "\0" })).rejects.toThrow("NUL");
  });
});

describe("look-alikes", () => {
  it("finds the nearest by cosine, groups near-duplicates and lays out a map", async () => {
    const angle = (degrees: number) => {
      const vector = new Float32Array(32);
      vector[0] = Math.cos((degrees * Math.PI) / 180);
      vector[1] = Math.sin((degrees * Math.PI) / 180);
      return vector;
    };
    const degrees = [0, 3, 40, 43, 90];
    await writeEmbeddings(
      test.studio,
      test.context.caller.projectId,
      "test",
      degrees.map((degree, i) => ({ id: ids[i]!, sha: "0".repeat(64), vector: angle(degree) })),
    );
    const similar = await findSimilar(test.context, { id: ids[0]!, limit: 3 });
    expect(similar).toMatchObject({ exact: true, compared: 4 });
    expect(similar.items.map(({ sample }) => sample.id)).toEqual([ids[1], ids[2], ids[3]]);
    expect(similar.items[0]!.similarity).toBeCloseTo(cosine(angle(0), angle(3)), 3);
    await expect(findSimilar(test.context, { id: ids[9]!, limit: 3 })).rejects.toThrow("no embedding yet");
    await layOutMap(test.studio, test.context.caller.projectId, "test");
    expect(await idsOf({ duplicates: true })).toEqual(ids.slice(0, 4));
    const placed = await test.studio.db.sampleEmbedding.findMany({ where: { mapX: { not: null } } });
    expect(placed).toHaveLength(5);
  });
});
