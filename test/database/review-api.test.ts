import { call } from "@orpc/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { router } from "@/lib/server/api/router";
import type { Context } from "@/lib/server/context";
import { listSamples } from "@/lib/server/samples/list-samples";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
let context: Context;
let ids: string[];

beforeAll(async () => {
  test = await createTestStudio();
});
afterAll(() => test.close());

// A project of its own for each test.
beforeEach(async () => {
  const { id: projectId } = await test.studio.db.project.create({ data: { name: "Test" } });
  const owner = await test.studio.db.member.create({ data: { projectId, name: "Owner", role: "owner" } });
  context = { studio: test.studio, caller: { projectId, memberId: owner.id, name: "Owner", role: "owner" } };
  ids = await addSamples(context, 3);
});

async function member(name: string, role: "curator" | "reviewer" = "reviewer"): Promise<Context> {
  const { projectId } = context.caller;
  const { id } = await test.studio.db.member.create({ data: { projectId, name, role } });
  return { studio: test.studio, caller: { projectId, memberId: id, name, role } };
}

const { review } = router;
const texts = {
  instruction: "Paint the car green.",
  sourceCaption: "a red car on a road",
  targetCaption: "a green car on a road",
};

describe("texts", () => {
  it("get a new revision, make scores stale, and can be restored", async () => {
    const id = ids[0]!;
    const before = await call(review.open, { id }, { context });
    const after = await call(
      review.editTexts,
      { id, textRevision: 1, ...texts, instruction: " Paint\nthe car green. " },
      { context },
    );
    expect(after).toMatchObject({ ...texts, textRevision: 2, scoresStale: true });
    const restored = await call(review.restoreTexts, { id, textRevision: 2, revision: 1 }, { context });
    expect(restored).toMatchObject({ instruction: before.instruction, textRevision: 3 });
    const log = await call(review.log, { id }, { context });
    expect(log.map(({ kind, revision }) => [kind, revision])).toEqual([
      ["made", 1],
      ["text", 2],
      ["text", 3],
    ]);
  });

  it("refuse a change of what somebody changed meanwhile, and a decision on it", async () => {
    const id = ids[0]!;
    await call(review.editTexts, { id, textRevision: 1, ...texts }, { context });
    await expect(
      call(review.editTexts, { id, textRevision: 1, ...texts, instruction: "Mine." }, { context }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    const decision = { sampleId: id, kind: "approve" as const, textRevision: 1, maskRevision: 1 };
    await expect(call(review.decide, decision, { context })).rejects.toThrow(
      "The text of this sample changed while you looked at it.",
    );
  });
});

describe("reasons", () => {
  it("are added, renamed and deleted; a deleted one is refused with a sentence and stays on record", async () => {
    const start = await call(review.reasons, undefined, { context });
    expect(start).toHaveLength(9);
    await expect(call(review.addReason, { label: "Blurry" }, { context })).rejects.toThrow(
      "9 reasons already",
    );
    const other = start.find(({ key }) => key === "other")!;
    const sampleId = ids[0]!;
    const rejection = { sampleId, kind: "reject" as const, reasons: ["other", "artifacts"] };
    const seen = { textRevision: 1, maskRevision: 1 };
    await call(review.decide, { ...rejection, ...seen, note: "see sky" }, { context });
    await call(review.deleteReason, { id: other.id, version: other.version }, { context });
    const added = await call(review.addReason, { label: "Blurry" }, { context });
    expect(added.find(({ label }) => label === "Blurry")).toMatchObject({ key: "blurry", deleted: false });
    await expect(
      call(review.decide, { ...rejection, ...seen, sampleId: ids[1]! }, { context }),
    ).rejects.toThrow("The reason “Other” was deleted meanwhile.");
    const log = await call(review.log, { id: sampleId }, { context });
    expect(log.find(({ kind }) => kind === "reject")).toMatchObject({
      reasons: ["other", "artifacts"],
      note: "see sky",
    });
    await expect(
      call(review.renameReason, { id: other.id, version: 99, label: "X" }, { context }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(
      call(review.addReason, { label: "Y" }, { context: await member("Ann") }),
    ).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("sending back", () => {
  it("takes the sample out of the queue until its author answers", async () => {
    const ann = await member("Ann");
    const id = ids[0]!;
    await call(review.editTexts, { id, textRevision: 1, ...texts }, { context: ann });
    expect(await call(review.sendBack, { id, note: "Which car?" }, { context })).toEqual({ to: "Ann" });
    const claim = () => call(review.claim, { limit: 10 }, { context });
    expect((await claim()).items.map(({ sample }) => sample.id)).not.toContain(id);
    const { items } = await call(review.returned, {}, { context: ann });
    expect(items).toMatchObject([{ id, returnedNote: "Which car?" }]);
    await call(review.answerReturn, { id, note: "The left one." }, { context: ann });
    expect((await claim()).items.map(({ sample }) => sample.id)).toEqual([id]);
    // Who sent it may think better of it; what was decided meanwhile waits for no answer.
    const bo = await member("Bo");
    await call(review.sendBack, { id, note: "Or is it?" }, { context: bo });
    await expect(call(review.answerReturn, { id }, { context: await member("Cy") })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await call(review.answerReturn, { id }, { context: bo });
    await call(review.sendBack, { id, note: "Which car?" }, { context: bo });
    const { textRevision, maskRevision } = await call(review.open, { id }, { context });
    const seen = { sampleId: id, textRevision, maskRevision };
    await call(review.decide, { ...seen, kind: "approve" }, { context });
    expect((await call(review.returned, {}, { context: ann })).items).toEqual([]);
    const log = await call(review.log, { id }, { context: ann });
    expect(log.map(({ kind }) => kind)).toContain("answered");
  });
});

describe("drawing again", () => {
  it("rejects the sample and makes a new edit with the texts", async () => {
    const id = ids[0]!;
    const input = { id, textRevision: 1, maskRevision: 1, ...texts };
    const { editId } = await call(review.regenerate, input, { context });
    expect(await test.studio.db.edit.findUnique({ where: { id: editId } })).toMatchObject({
      instruction: texts.instruction,
      state: "pending",
    });
    expect(await test.studio.db.sample.findUnique({ where: { id } })).toMatchObject({ state: "rejected" });
    await expect(call(review.regenerate, { ...input, textRevision: 9 }, { context })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

describe("a batch", () => {
  it("decides each by itself, tells what was refused, and is undone as one", async () => {
    const items = ids.map((sampleId, index) => ({
      sampleId,
      textRevision: index === 1 ? 7 : 1,
      maskRevision: 1,
    }));
    const outcomes = await call(review.decideMany, { items, kind: "approve" }, { context });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(outcomes[1]!.message).toContain("changed while you looked");
    const undone = await call(review.undoMany, { sampleIds: [ids[0]!, ids[2]!] }, { context });
    expect(undone.every(({ ok, outcome }) => ok && outcome?.mine === null)).toBe(true);
  });
});

describe("lists", () => {
  it("show what other reviewers do not say, and page every filter without a gap or a repeat", async () => {
    const [first] = ids;
    await call(
      review.decide,
      { sampleId: first!, kind: "approve", textRevision: 1, maskRevision: 1 },
      { context },
    );
    const sample = await test.studio.db.sample.findUniqueOrThrow({ where: { id: first! } });
    for (const filter of [{}, { runId: sample.runId }, { editType: "change-color" as const }]) {
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listSamples(context, { limit: 1, cursor, ...filter });
        seen.push(...page.items.map(({ id }) => id));
        if (!page.nextCursor) break;
        cursor = page.nextCursor;
      }
      expect(seen).toEqual([...ids].sort().reverse());
    }
    expect(await call(review.distribution, { runId: sample.runId }, { context })).toMatchObject({
      candidates: 3,
      scores: [{ score: "clipDirection" }, { score: "ssim", min: 0.7, max: 0.7 }],
    });
  });

  it("refuse NUL characters with a sentence", async () => {
    await expect(call(router.runs.create, { name: "a\0b" } as never, { context })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining("NUL character"),
    });
    await expect(call(review.sendBack, { id: ids[0]!, note: "x\0" }, { context })).rejects.toMatchObject({
      data: { subject: "note" },
    });
  });
});
