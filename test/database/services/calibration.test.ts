import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeColumns } from "@/lib/domain/calibration/what-if/table-codec";
import { createWhatIf } from "@/lib/domain/calibration/what-if/what-if";
import { agreementReport } from "@/lib/server/calibration/agreement-report";
import { applyPolicy, retirePolicy } from "@/lib/server/calibration/apply-policy";
import { candidateTable } from "@/lib/server/calibration/candidate-table";
import { decidedTable } from "@/lib/server/calibration/decided-table";
import { fitModel, performFit } from "@/lib/server/calibration/fit-model";
import { calibrationOverview, forecastPolicy } from "@/lib/server/calibration/get-overview";
import { routeNewSamples, routeSamples } from "@/lib/server/calibration/route-samples";
import type { Context } from "@/lib/server/context";
import { readCounters } from "@/lib/server/counters";
import { applyBulk } from "@/lib/server/curate/apply-bulk";
import { performBulk } from "@/lib/server/curate/perform-bulk";
import { performUndo, undoBulk } from "@/lib/server/curate/undo-bulk";
import { inTransaction } from "@/lib/server/database/client";
import { claimSamples } from "@/lib/server/review/claim-samples";
import { decide } from "@/lib/server/review/decide";
import { takeBack } from "@/lib/server/review/take-back";
import { addScoredSamples, decideAll } from "@/test/support/cloned-samples";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
let ids: string[];
let context: Context;
let other: Context;
let modelId: string;

const say = async (who: Context, sampleId: string, kind: "approve" | "reject", reasons: string[] = []) => {
  const { textRevision, maskRevision } = await test.studio.db.sample.findUniqueOrThrow({
    where: { id: sampleId },
  });
  return decide(who, { sampleId, kind, reasons, textRevision, maskRevision, elapsedMs: 3600 });
};
const stateOf = async (id: string) =>
  (await test.studio.db.sample.findUniqueOrThrow({ where: { id } })).state;
const consistentCounts = async () => {
  const counts = await readCounters(test.studio.db, context.caller.projectId);
  for (const state of ["pending", "approved", "rejected"] as const) {
    expect(counts[`samples.${state}`]).toBe(
      await test.studio.db.sample.count({ where: { state, withdrawn: false } }),
    );
  }
};

/** What is kept of each policy equals a count of its decisions from scratch. */
const consistentPolicies = async () => {
  const counted = await test.testDatabase.query(`
    SELECT p.id AS "policyId", count(d.id) FILTER (WHERE d.kind = 'approve')::int AS approved,
      count(d.id) FILTER (WHERE d.kind = 'reject')::int AS rejected,
      count(d.id) FILTER (WHERE audited AND v.kind IS NULL)::int AS waiting,
      count(d.id) FILTER (WHERE audited AND v.kind = d.kind)::int AS agreed,
      count(d.id) FILTER (WHERE audited AND v.kind <> d.kind)::int AS overruled
    FROM selection_policies p
    LEFT JOIN decisions d ON d.policy_id = p.id AND d.kind <> 'undo'
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)
    LEFT JOIN LATERAL (SELECT coalesce(route IN ('audit-accept', 'audit-reject'), false) AS audited
      FROM samples WHERE id = d.sample_id) s ON true
    LEFT JOIN LATERAL (SELECT a.kind FROM decisions a WHERE a.sample_id = d.sample_id AND a.actor_id IS NOT NULL
      AND a.purpose = 'audit' AND a.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = a.id)
      ORDER BY a.id DESC LIMIT 1) v ON true
    WHERE p.kind = 'model' GROUP BY p.id ORDER BY p.id`);
  const kept = await test.studio.db.policyCount.findMany({ orderBy: { policyId: "asc" } });
  const blank = { approved: 0, rejected: 0, waiting: 0, agreed: 0, overruled: 0 };
  for (const row of counted) {
    const own = kept.find(({ policyId }) => policyId === row.policyId);
    expect(own ?? { policyId: row.policyId, ...blank }).toEqual(row);
  }
};

/** 0–59 are decided by people, high scores approved; 60–119 wait: twenty clearly good, twenty bad, twenty between. */
beforeAll(async () => {
  test = await createTestStudio();
  context = test.context;
  const scoreOf = (i: number) => (i < 60 ? i / 60 : i < 80 ? 0.97 : i < 100 ? 0.02 : 0.5);
  ids = await addScoredSamples(
    context,
    Array.from({ length: 120 }, (_, i) => ({ clipDirection: scoreOf(i), ssim: 0.7 })),
  );
  const member = await test.studio.db.member.create({
    data: { projectId: context.caller.projectId, name: "Ada", role: "reviewer" },
  });
  other = { ...context, caller: { ...context.caller, memberId: member.id, name: "Ada", role: "reviewer" } };
  await decideAll(
    context,
    ids.slice(0, 60).map((id, i) => {
      // A few answers go against the score, so that nothing is separable.
      const good = i % 13 === 5 ? i < 30 : i >= 30;
      return { id, kind: good ? "approve" : "reject" };
    }),
    3600,
  );
}, 300_000);
afterAll(() => test.close());

describe("what-if", () => {
  it("sends every candidate and every decision in one block each", async () => {
    const candidates = decodeColumns((await candidateTable(context)).buffer);
    expect(candidates.facts).toMatchObject({ rows: 121, scale: 1 });
    const decided = decodeColumns((await decidedTable(context)).buffer);
    expect(decided.facts).toMatchObject({ rows: 60, covered: 1 });
    expect((decided.arrays.approved as Uint8Array).reduce((a, b) => a + b, 0)).toBe(29);
    const table = (of: typeof candidates) => {
      const facts = of.facts as { rows: number; scores: { score: string; min: number; max: number }[] };
      return {
        rows: facts.rows,
        columns: facts.scores.map((column) => ({
          ...column,
          values: of.arrays[`score:${column.score}`] as Uint16Array,
        })),
      };
    };
    const whatIf = createWhatIf({
      candidates: table(candidates),
      types: candidates.arrays.types as Uint8Array,
      editTypes: (candidates.facts as { editTypes: string[] }).editTypes,
      scale: 1,
      decided: table(decided),
      approved: decided.arrays.approved as Uint8Array,
      weights: decided.arrays.weights as Float32Array,
    });
    whatIf.setBound("clipDirection", { min: 0.5 });
    expect(whatIf.answer()).toMatchObject({ survivors: 30 + 20 + 20, decidedPassing: 30 });
  });
});

describe("an acceptance model", () => {
  it("is refused without enough decisions, and fitted with them", async () => {
    const empty = await createTestStudio();
    await expect(fitModel(empty.context)).rejects.toThrow("A model needs 20 samples that people approved");
    await empty.close();
    expect(await fitModel(context)).toEqual({ decisions: 60 });
    const { projectId, memberId } = context.caller;
    modelId = await performFit(test.studio, { projectId, memberId });
    const overview = await calibrationOverview(context);
    expect(overview.decided).toMatchObject({ approved: 29, rejected: 31, stale: 0 });
    expect(overview.time).toEqual({ seconds: 3.6, measured: 60 });
    const { fit } = overview.models[0]!;
    expect(fit.columns).toContain("clipDirection");
    expect(fit.quality.brier).toBeLessThan(fit.quality.brierOfMean);
    expect(fit.quality.area).toBeGreaterThan(0.8);
  });

  it("refuses thresholds that make no sense", async () => {
    const input = {
      modelId,
      auditShare: 0.1,
      acceptPrecision: 0.9,
      rejectPrecision: 0.9,
      confidence: 0.95,
    };
    await expect(applyPolicy(context, { ...input, acceptAt: null, rejectAt: null })).rejects.toThrow(
      "for accepting",
    );
    await expect(applyPolicy(context, { ...input, acceptAt: 0.3, rejectAt: 0.6 })).rejects.toThrow("below");
    await expect(applyPolicy(other, { ...input, acceptAt: 0.8, rejectAt: 0.2 })).rejects.toThrow("curate");
  });

  it("decides on what it is sure of, leaves the rest to people, and audits a random part", async () => {
    const held = await claimSamples(other, {
      limit: 1,
      order: "oldest",
      purpose: "review",
      blind: false,
      have: [],
    });
    const forecast = await forecastPolicy(context, { modelId, acceptAt: 0.7, rejectAt: 0.3 });
    expect(forecast).toMatchObject({ pending: 60, sampled: 60 });
    const policy = await applyPolicy(context, {
      modelId,
      acceptAt: 0.7,
      rejectAt: 0.3,
      auditShare: 0.25,
      acceptPrecision: 0.9,
      rejectPrecision: 0.9,
      confidence: 0.95,
    });
    expect(policy).toMatchObject({ version: 1, active: true, state: "queued" });
    await routeSamples(test.studio, policy.id);
    // Running it again changes nothing.
    await routeSamples(test.studio, policy.id);
    const after = (await calibrationOverview(context)).policies[0]!;
    const inHand = held.items.map(({ sample }) => sample.id);
    expect(after.state).toBe("succeeded");
    expect(after.decided.approved + after.decided.rejected).toBe(40 - inHand.length);
    expect(await stateOf(ids[110]!)).toBe("pending");
    for (const id of inHand) expect(await stateOf(id)).toBe("pending");
    const routes = await test.studio.db.sample.groupBy({
      by: ["route"],
      _count: true,
      where: { route: { not: null } },
    });
    const audited = routes
      .filter(({ route }) => route === "auditAccept" || route === "auditReject")
      .reduce((sum, { _count }) => sum + _count, 0);
    expect(audited).toBeGreaterThan(0);
    expect(after.audit).toEqual({ waiting: audited, agreed: 0, overruled: 0 });
    expect(after.hoursSaved).toBeCloseTo(((40 - inHand.length - audited) * 3.6) / 3600, 6);
    expect(await test.studio.db.reviewTicket.count({ where: { purpose: "audit" } })).toBe(audited);
    const decision = await test.studio.db.decision.findFirstOrThrow({ where: { policyId: policy.id } });
    expect(decision).toMatchObject({ actorId: null, bulkId: after.bulkId });
    await consistentCounts();
    await consistentPolicies();
  });

  it("lets an auditor overrule it, and counts that with the chance of the draw", async () => {
    const { items } = await claimSamples(other, {
      limit: 1,
      order: "random",
      purpose: "audit",
      blind: true,
      have: [],
    });
    const sample = items[0]!.sample;
    const before = await stateOf(sample.id);
    await say(other, sample.id, before === "approved" ? "reject" : "approve");
    expect(await stateOf(sample.id)).not.toBe(before);
    const { policies } = await calibrationOverview(context);
    expect(policies[0]!.audit.overruled).toBe(1);
    const decided = decodeColumns((await decidedTable(context)).buffer);
    expect(Math.max(...(decided.arrays.weights as Float32Array))).toBe(4);
    await consistentCounts();
    await consistentPolicies();
  });

  it("keeps its counts through answers taken back, overrides and reopening", async () => {
    const answer = await test.studio.db.decision.findFirstOrThrow({ where: { purpose: "audit" } });
    await inTransaction(test.studio.db, (tx) => takeBack(tx, other, { sampleId: answer.sampleId }));
    expect((await calibrationOverview(context)).policies[0]!.audit.overruled).toBe(0);
    await consistentPolicies();
    await say(other, answer.sampleId, answer.kind === "approve" ? "approve" : "reject");
    await consistentPolicies();
    for (const kind of ["reopen", "approve"] as const) {
      const bulk = await applyBulk(context, { kind, reasons: [], filter: { decidedBy: "policy" } });
      await performBulk(test.studio, bulk.id);
      await consistentPolicies();
      await undoBulk(context, { id: bulk.id });
      await consistentPolicies();
      await consistentCounts();
    }
    expect((await calibrationOverview(context)).policies[0]!.audit.overruled).toBe(1);
  });

  it("decides on new samples in the transaction that makes them", async () => {
    const [fresh] = await addScoredSamples(context, [{ clipDirection: 0.99, ssim: 0.7 }]);
    const { candidateId } = await test.studio.db.sample.findUniqueOrThrow({ where: { id: fresh! } });
    await inTransaction(test.studio.db, (tx) => routeNewSamples(tx, context.caller.projectId, [candidateId]));
    expect(await stateOf(fresh!)).toBe("approved");
    await consistentCounts();
  });

  it("is taken back as a whole, but for what people said", async () => {
    const { policies } = await calibrationOverview(context);
    const overruled = await test.studio.db.decision.findFirstOrThrow({
      where: { purpose: "audit", kind: { not: "undo" } },
    });
    const kept = await stateOf(overruled.sampleId);
    await undoBulk(context, { id: policies[0]!.bulkId! });
    await performUndo(test.studio, policies[0]!.bulkId!);
    expect(await stateOf(overruled.sampleId)).toBe(kept);
    const standing = await test.studio.db.sample.count({ where: { state: { not: "pending" } } });
    expect(standing).toBe(61);
    const after = (await calibrationOverview(context)).policies[0]!;
    expect(after).toMatchObject({ active: false, undone: true, decided: { approved: 0, rejected: 0 } });
    await expect(undoBulk(context, { id: policies[0]!.bulkId! })).rejects.toThrow("taken back already");
    await consistentCounts();
    await consistentPolicies();
    const tickets = await test.studio.db.reviewTicket.count();
    expect(tickets).toBe(
      await test.studio.db.sample.count({ where: { state: "pending", withdrawn: false } }),
    );
  });

  it("retires the version before when a new one is applied", async () => {
    const input = {
      modelId,
      acceptAt: 0.9,
      rejectAt: null,
      auditShare: 0,
      acceptPrecision: 0.9,
      rejectPrecision: 0.9,
      confidence: 0.95,
    };
    const second = await applyPolicy(context, input);
    const third = await applyPolicy(context, input);
    expect([second.version, third.version]).toEqual([2, 3]);
    // The retired one's job finds that it has nothing to say.
    await routeSamples(test.studio, second.id);
    const { policies } = await calibrationOverview(context);
    expect(policies.map(({ version, active }) => [version, active])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
    expect((await retirePolicy(context, { id: third.id })).active).toBe(false);
  });
});

describe("agreement", () => {
  it("compares people who answered the same samples", async () => {
    await test.studio.db.reviewSettings.upsert({
      where: { projectId: context.caller.projectId },
      create: { projectId: context.caller.projectId, reviewersPerSample: 2 },
      update: { reviewersPerSample: 2 },
    });
    const shared = ids.slice(102, 112);
    for (const [i, id] of shared.entries()) {
      const kind = i < 6 ? "approve" : "reject";
      await say(context, id, kind, kind === "reject" ? ["artifacts"] : []);
      const theirs = i === 0 ? "reject" : kind;
      await say(other, id, theirs, theirs === "reject" ? ["artifacts"] : []);
    }
    const report = await agreementReport(context);
    expect(report.overall.samples).toBe(10);
    expect(report.overall.raw!.value).toBeCloseTo(0.9);
    expect(report.pairs).toHaveLength(1);
    expect(report.pairs[0]!.agreement.cohen!.value).toBeCloseTo(0.8);
    // With two reviewers, each one's others are the other.
    for (const { withOthers } of report.reviewers) {
      expect(withOthers).toMatchObject({ samples: 10, cohen: report.pairs[0]!.agreement.cohen });
    }
    expect(report.overall.cohen).toEqual(report.pairs[0]!.agreement.cohen);
    const onReason = await agreementReport(context, { editType: "change-color", reason: "artifacts" });
    expect(onReason.overall).toMatchObject({ samples: 5, raw: { value: 0.8 } });
    expect(onReason.pairs[0]!.agreement.samples).toBe(5);
    expect((await agreementReport(context, { editType: "remove" })).overall.samples).toBe(0);
    expect(report.byType[0]).toMatchObject({ editType: "change-color" });
    expect(report.byReason.find(({ reason }) => reason === "artifacts")!.agreement.samples).toBe(5);
    expect(report.reviewers.map(({ name }) => name)).toContain("Ada");
  });
});
