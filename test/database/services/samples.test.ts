import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCounters } from "@/lib/server/counters";
import { judgementsOfCandidate, judgementsOfSample } from "@/lib/server/judge/list-judgements";
import { countSamples } from "@/lib/server/samples/count-samples";
import { decideSample } from "@/lib/server/samples/decide-sample";
import { decisionHistory } from "@/lib/server/samples/decision-history";
import { getSample } from "@/lib/server/samples/get-sample";
import { listSamples } from "@/lib/server/samples/list-samples";
import { undoDecision } from "@/lib/server/samples/undo-decision";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
let ids: string[];

beforeAll(async () => {
  test = await createTestStudio();
  ids = await addSamples(test.context, 7);
});
afterAll(() => test.close());

const decide = async (id: string, kind: "approve" | "reject", reasons: string[] = []) => {
  const { version } = await getSample(test.context, id);
  return decideSample(test.context, { id, version, kind, reasons });
};

describe("reviewing", () => {
  it("derives the state and the counts from the decision in one step", async () => {
    expect((await decide(ids[0]!, "approve")).state).toBe("approved");
    expect((await decide(ids[1]!, "reject", ["artifacts", "not-done"])).state).toBe("rejected");
    expect(await countSamples(test.context)).toEqual({ pending: 5, approved: 1, rejected: 1 });
  });

  it("takes a decision back and keeps both on record", async () => {
    const { version } = await getSample(test.context, ids[1]!);
    expect((await undoDecision(test.context, { id: ids[1]!, version })).state).toBe("pending");
    expect((await decisionHistory(test.context, ids[1]!)).map(({ kind }) => kind)).toEqual([
      "reject",
      "undo",
    ]);
    expect(await countSamples(test.context)).toEqual({ pending: 6, approved: 1, rejected: 0 });
  });

  it("restores an earlier decision when a later one is undone", async () => {
    await decide(ids[2]!, "approve");
    const changed = await decide(ids[2]!, "reject", ["other"]);
    expect(changed.state).toBe("rejected");
    expect((await undoDecision(test.context, { id: ids[2]!, version: changed.version })).state).toBe(
      "approved",
    );
  });

  it("lets only one of many reviewers decide on the same version", async () => {
    const { version } = await getSample(test.context, ids[3]!);
    const tries = Array.from({ length: 6 }, () =>
      decideSample(test.context, { id: ids[3]!, version, kind: "approve", reasons: [] }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
    }
    expect(await decisionHistory(test.context, ids[3]!)).toHaveLength(1);
    const counts = await readCounters(test.studio.db, test.context.caller.projectId);
    expect(counts["samples.approved"]).toBe(
      await test.studio.db.sample.count({ where: { state: "approved" } }),
    );
  });

  it("explains unknown reasons and reasons on an approval", async () => {
    await expect(decide(ids[4]!, "reject", ["ugly"])).rejects.toThrow("“ugly” is no reason");
    await expect(decide(ids[4]!, "approve", ["other"])).rejects.toThrow("An approval takes no reasons");
  });
});

describe("lists", () => {
  it("pages the review queue by keyset, oldest first, without a gap or a repeat", async () => {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listSamples(test.context, { limit: 2, state: "pending", cursor }, "oldest");
      seen.push(...page.items.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    const pending = await test.studio.db.sample.findMany({
      where: { state: "pending" },
      orderBy: { id: "asc" },
    });
    expect(seen).toEqual(pending.map(({ id }) => id));
  });
});

describe("what a judge said", () => {
  const said = {
    model: "judge-1-2026",
    rubric: "pair-rubric/1",
    rubricHash: "a".repeat(64),
    instruction: "Make car number 3 blue.",
  };

  it("is shown with its reason, and an answer that cannot be read as no marks", async () => {
    const { candidateId } = await getSample(test.context, ids[3]!);
    const raw = 'Well: {"reason": "The roof is still red.", "follows": 6, "keeps": 9, "quality": 8}';
    await test.studio.db.judgement.create({
      data: { ...said, candidateId, raw, scores: { judgeFollows: 6, judgeKeeps: 9, judgeQuality: 8 } },
    });
    await test.studio.db.judgement.create({
      data: { ...said, candidateId, raw: "I like it.", problem: "The judge's answer holds no JSON object." },
    });
    const shown = await judgementsOfSample(test.context, ids[3]!);
    expect(shown).toMatchObject([
      { scores: null, problem: "The judge's answer holds no JSON object.", reason: null, raw: "I like it." },
      { scores: { judgeFollows: 6 }, problem: null, reason: "The roof is still red.", raw },
    ]);
    expect(await judgementsOfCandidate(test.context, candidateId)).toEqual(shown);
    expect(await judgementsOfSample(test.context, ids[4]!)).toEqual([]);
  });

  it("is not shown to who reviews the sample blind", async () => {
    const [sampleId] = (await addSamples(test.context, 1)) as [string];
    const { candidateId } = await getSample(test.context, sampleId);
    await test.studio.db.judgement.create({ data: { ...said, candidateId, raw: "", problem: "No answer." } });
    expect(await judgementsOfSample(test.context, sampleId)).toHaveLength(1);
    await test.studio.db.assignment.create({
      data: {
        projectId: test.context.caller.projectId,
        sampleId,
        reviewerId: test.context.caller.memberId,
        purpose: "review",
        blind: true,
        drawOrder: "direct",
        leaseUntil: new Date(Date.now() + 60_000),
      },
    });
    expect(await judgementsOfSample(test.context, sampleId)).toEqual([]);
  });

  it("is of samples and candidates that are there", async () => {
    const nowhere = "00000000-0000-7000-8000-000000000000";
    await expect(judgementsOfSample(test.context, nowhere)).rejects.toThrow("no such sample");
    await expect(judgementsOfCandidate(test.context, nowhere)).rejects.toThrow("no such candidate");
  });
});
