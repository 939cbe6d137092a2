import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ClaimView } from "@/lib/api/contract/review";
import type { Context } from "@/lib/server/context";
import { readCounters } from "@/lib/server/counters";
import { saidHere } from "@/lib/server/people/presence";
import { dropAllCursors } from "@/lib/server/review/claim-cursors";
import { claimSamples } from "@/lib/server/review/claim-samples";
import { decide, undo } from "@/lib/server/review/decide";
import { plantGold } from "@/lib/server/review/gold";
import { listHolders } from "@/lib/server/review/list-claims";
import { listReviewers } from "@/lib/server/review/list-reviewers";
import { reapAtOnce } from "@/lib/server/review/reap-leases";
import { releaseClaims } from "@/lib/server/review/release-claims";
import { renewClaims } from "@/lib/server/review/renew-claims";
import { getSettings, updateSettings } from "@/lib/server/review/review-settings";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
beforeAll(async () => {
  test = await createTestStudio();
});
afterAll(() => test.close());

// A project of its own for each test.
beforeEach(async () => {
  dropAllCursors();
  const { id: projectId } = await test.studio.db.project.create({ data: { name: "Test" } });
  const owner = await test.studio.db.member.create({ data: { projectId, name: "Owner", role: "owner" } });
  test.context = { ...test.context, caller: { projectId, memberId: owner.id, name: "Owner", role: "owner" } };
});

async function member(name: string, role: "curator" | "reviewer" = "reviewer"): Promise<Context> {
  const { projectId } = test.context.caller;
  const { id } = await test.studio.db.member.create({ data: { projectId, name, role } });
  return { ...test.context, caller: { projectId, memberId: id, name, role } };
}

const claim = (context: Context, change: Partial<Parameters<typeof claimSamples>[1]> = {}) => {
  reapAtOnce();
  return claimSamples(context, {
    limit: 4,
    order: "oldest",
    purpose: "review",
    blind: false,
    have: [],
    ...change,
  });
};

const settings = async (change: object) =>
  updateSettings(test.context, { ...(await getSettings(test.context)), goldShare: 0, ...change });

const vote = (context: Context, { sample }: ClaimView, kind: "approve" | "reject", reasons: string[] = []) =>
  decide(context, {
    sampleId: sample.id,
    kind,
    reasons,
    textRevision: sample.textRevision,
    maskRevision: sample.maskRevision,
  });

const stateOf = async (id: string) =>
  (await test.studio.db.sample.findUniqueOrThrow({ where: { id } })).state;

/** What the tickets say is taken equals what assignments occupy, and counters what the rows say. */
async function expectSound() {
  const wrong = await test.testDatabase.query(`
    SELECT t.sample_id, t.slots, coalesce(bit_or(CASE WHEN slot = 0 THEN 32 ELSE 1 << (slot - 1) END), 0) AS held
    FROM review_tickets t LEFT JOIN assignments a ON a.sample_id = t.sample_id AND a.slot IS NOT NULL
    GROUP BY t.sample_id, t.slots HAVING t.slots <> coalesce(bit_or(CASE WHEN slot = 0 THEN 32 ELSE 1 << (slot - 1) END), 0)`);
  expect(wrong).toEqual([]);
  const miscounted = await test.testDatabase.query(`
    SELECT coalesce(c.run_id, s.run_id) FROM run_sample_counts c FULL JOIN (
      SELECT run_id, state, count(*) AS count FROM samples WHERE NOT withdrawn GROUP BY run_id, state) s USING (run_id, state)
    WHERE coalesce(c.count, 0) <> coalesce(s.count, 0)`);
  expect(miscounted).toEqual([]);
  const counts = await readCounters(test.studio.db, test.context.caller.projectId);
  for (const state of ["pending", "approved", "rejected"] as const) {
    expect(counts[`samples.${state}`]).toBe(
      await test.studio.db.sample.count({ where: { state, projectId: test.context.caller.projectId } }),
    );
  }
}

describe("claims", () => {
  it("give one slot to one reviewer, however many ask at once", async () => {
    const ids = await addSamples(test.context, 12);
    const people = await Promise.all(["Ann", "Ben", "Cho", "Dee", "Eva", "Fay"].map((name) => member(name)));
    const claims = await Promise.all([...people, ...people].map((one) => claim(one, { limit: 3 })));
    const handed = claims.flatMap(({ items }) => items.map(({ sample }) => sample.id));
    expect(handed.sort()).toEqual([...ids].sort());
    await expectSound();
  });

  it("give a sample to as many different reviewers as the project wants", async () => {
    await settings({ reviewersPerSample: 3 });
    const ids = await addSamples(test.context, 5);
    const people = await Promise.all(["Ann", "Ben", "Cho", "Dee", "Eva"].map((name) => member(name)));
    const claims = await Promise.all(
      people.flatMap((one) => [claim(one, { limit: 5 }), claim(one, { limit: 5 })]),
    );
    const handed = claims.flatMap(({ items }) => items.map(({ sample }) => sample.id));
    for (const id of ids) expect(handed.filter((one) => one === id)).toHaveLength(3);
    const rows = await test.studio.db.assignment.findMany({
      where: { projectId: test.context.caller.projectId },
    });
    expect(new Set(rows.map((row) => `${row.sampleId} ${row.reviewerId}`)).size).toBe(rows.length);
    await expectSound();
  });

  it("follow the order asked for and record it", async () => {
    const ids = await addSamples(test.context, 6);
    for (const [index, id] of ids.entries()) {
      await test.testDatabase.query("UPDATE review_tickets SET uncertainty = $2 WHERE sample_id = $1", [
        id,
        [0.5, 0.1, 0.9, 0.3, 0.2, 0.7][index],
      ]);
    }
    await settings({});
    const uncertain = await claim(test.context, { order: "uncertain", limit: 3 });
    expect(uncertain.items.map(({ sample }) => sample.id)).toEqual([ids[1], ids[4], ids[3]]);
    const random = await claim(await member("Ann"), { order: "random", limit: 1 });
    const [drawn] = await test.studio.db.assignment.findMany({
      where: { id: random.items[0]!.assignmentId },
    });
    expect(drawn).toMatchObject({
      ...{ drawOrder: "random", probability: 1 / 3, noProbability: null, pool: 3 },
      ...{ purpose: "review", blind: false },
    });
    const none = await claim(await member("Ben"), { editType: "remove" });
    expect(none).toEqual({ items: [], exhausted: true });
  });

  it("record how each sample was drawn, or why no chance can be told", async () => {
    const ids = await addSamples(test.context, 8);
    await settings({});
    const drawOf = async ({ assignmentId }: ClaimView) => {
      const { drawOrder, probability, noProbability, pool, blind } =
        await test.studio.db.assignment.findUniqueOrThrow({ where: { id: assignmentId } });
      return { drawOrder, probability, noProbability, pool, blind };
    };
    await test.testDatabase.query(
      "UPDATE review_tickets SET edit_type = 'remove' WHERE sample_id = ANY($1)",
      [ids.slice(0, 5)],
    );
    const [ann, ben] = [await member("Ann"), await member("Ben")];
    const filtered = await claim(ann, { order: "random", editType: "remove", limit: 2, blind: true });
    for (const item of filtered.items) {
      expect(await drawOf(item)).toEqual({
        ...{ drawOrder: "random", probability: 2 / 5, noProbability: null, pool: 5, blind: true },
      });
    }
    // What the reviewer holds already cannot be hit again, nor what others hold.
    const [next] = (await claim(ben, { order: "random", editType: "remove", limit: 1 })).items;
    expect(await drawOf(next!)).toMatchObject({ probability: 1 / 3, pool: 3 });
    const [oldest] = (await claim(ben, { limit: 1 })).items;
    expect(await drawOf(oldest!)).toMatchObject({
      ...{ drawOrder: "oldest", probability: null, noProbability: "ordered", pool: null },
    });
    await releaseClaims(ann, { assignmentIds: filtered.items.map((item) => item.assignmentId) });
    await claim(ben, { limit: 8 });
    await releaseClaims(ben, {
      assignmentIds: (await test.studio.db.assignment.findMany({ where: { state: "held" } })).map(
        ({ id }) => id,
      ),
    });
    const [again] = (await claim(ben, { order: "random", limit: 1 })).items;
    expect(await drawOf(again!)).toMatchObject({ probability: null, noProbability: "again", pool: null });

    const opened = ids.find((id) => id !== again!.sample.id)!;
    await decide(test.context, { sampleId: opened, kind: "approve", reasons: [] });
    expect(
      await test.studio.db.assignment.findFirstOrThrow({
        where: { sampleId: opened, reviewerId: test.context.caller.memberId },
      }),
    ).toMatchObject({ drawOrder: "direct", probability: null, noProbability: "direct" });
    await plantGold(test.context, { sampleId: opened, answer: "approve" });
    await settings({ goldShare: 0.5 });
    const cho = await member("Cho");
    const seen: ClaimView[] = [];
    while (!seen.some(({ sample }) => sample.id === opened)) {
      seen.push(...(await claim(cho, { limit: 1, have: seen.map(({ sample }) => sample.id) })).items);
    }
    expect(await drawOf(seen.at(-1)!)).toMatchObject({ drawOrder: "oldest", noProbability: "gold" });
    await expectSound();
  });

  it("come back when they are released or run out, and to the same reviewer last", async () => {
    const ids = await addSamples(test.context, 3);
    await settings({});
    const [ann, ben] = [await member("Ann"), await member("Ben")];
    const first = await claim(ann, { limit: 3 });
    expect((await claim(ben)).items).toEqual([]);
    expect(await listHolders(ben)).toMatchObject([{ name: "Ann", held: 3, mine: false, at: null }]);
    const subject = `sample:${first.items[1]!.sample.id}`;
    await saidHere(ann, { pageId: randomUUID(), place: "/review", subject, leaving: false });
    expect(await listHolders(ben)).toMatchObject([{ at: first.items[1]!.sample.instruction }]);
    await releaseClaims(ann, { assignmentIds: [first.items[0]!.assignmentId] });
    expect((await claim(ben)).items.map(({ sample }) => sample.id)).toEqual([ids[0]]);
    await test.testDatabase.query(
      "UPDATE assignments SET lease_until = now() - interval '1 second' WHERE sample_id = $1",
      [ids[1]],
    );
    expect((await claim(ann, { have: [ids[0]!] })).items.map(({ sample }) => sample.id)).toEqual([ids[1]]);
    await expectSound();
  });

  it("are renewed while nobody took the slot back", async () => {
    await addSamples(test.context, 2);
    await settings({});
    const { items } = await claim(test.context);
    const wanted = items.map(({ assignmentId }) => assignmentId);
    expect((await renewClaims(test.context, { assignmentIds: wanted })).renewed.sort()).toEqual(
      wanted.sort(),
    );
    expect((await renewClaims(await member("Ann"), { assignmentIds: wanted })).renewed).toEqual([]);
  });

  it("hide scores and run when blind", async () => {
    await addSamples(test.context, 1);
    await settings({ blind: true });
    const { items } = await claim(test.context);
    expect(items[0]).toMatchObject({ blind: true, sample: { scores: null, run: null } });
  });
});

describe("several reviewers", () => {
  it("approve when they agree and go to an adjudicator when they do not", async () => {
    const [agreed, disputed] = (await addSamples(test.context, 2)) as [string, string];
    await settings({ reviewersPerSample: 2 });
    const [ann, ben, cho] = [await member("Ann"), await member("Ben"), await member("Cho", "curator")];
    const [forAnn, forBen] = [await claim(ann), await claim(ben)];
    await vote(ann, forAnn.items[0]!, "approve");
    expect(await stateOf(agreed)).toBe("pending");
    await vote(ben, forBen.items[0]!, "approve");
    expect(await stateOf(agreed)).toBe("approved");
    await vote(ann, forAnn.items[1]!, "approve");
    await vote(ben, forBen.items[1]!, "reject", ["artifacts"]);
    expect(await stateOf(disputed)).toBe("pending");
    expect((await claim(cho)).items).toEqual([]);
    await expect(claim(ann, { purpose: "adjudication" })).rejects.toMatchObject({ code: "forbidden" });
    const { items } = await claim(cho, { purpose: "adjudication" });
    expect(items.map(({ sample }) => sample.id)).toEqual([disputed]);
    await vote(cho, items[0]!, "reject", ["artifacts"]);
    expect(await stateOf(disputed)).toBe("rejected");
    await undo(cho, { sampleId: disputed });
    expect(await stateOf(disputed)).toBe("pending");
    await undo(ben, { sampleId: disputed });
    await vote(ben, forBen.items[1]!, "approve");
    expect(await stateOf(disputed)).toBe("approved");
    await expectSound();
  });

  it("settle what has its votes when fewer reviewers are asked for", async () => {
    const [id] = (await addSamples(test.context, 1)) as [string];
    await settings({ reviewersPerSample: 2 });
    const ann = await member("Ann");
    await vote(ann, (await claim(ann)).items[0]!, "approve");
    await settings({ reviewersPerSample: 1 });
    expect(await stateOf(id)).toBe("approved");
    await expectSound();
  });

  it("decide all at once without losing a vote or a count", async () => {
    await settings({ reviewersPerSample: 3 });
    const ids = await addSamples(test.context, 8);
    const people = await Promise.all(["Ann", "Ben", "Cho", "Dee"].map((name) => member(name)));
    await Promise.all(
      people.map(async (one, index) => {
        // What another holds locked in a moment is skipped: only a second empty answer means that nothing is left.
        for (let empty = 0; empty < 2; ) {
          const { items } = await claim(one, { limit: 2 });
          empty = items.length === 0 ? empty + 1 : 0;
          if (items.length === 0) continue;
          for (const item of items) await vote(one, item, index === 3 ? "reject" : "approve");
          await undo(one, { sampleId: items[0]!.sample.id });
          await vote(one, items[0]!, "approve");
        }
      }),
    );
    const votes = await test.studio.db.assignment.groupBy({
      by: ["sampleId"],
      where: { state: "done", projectId: test.context.caller.projectId },
      _count: true,
    });
    expect(votes.map(({ _count }) => _count)).toEqual(ids.map(() => 3));
    await expectSound();
  });
});

describe("what goes wrong is explained", () => {
  it("a lease that ran out: taken while the slot is free, refused when another has it", async () => {
    await addSamples(test.context, 2);
    await settings({});
    const [ann, ben] = [await member("Ann"), await member("Ben")];
    const { items } = await claim(ann);
    await test.testDatabase.query("UPDATE assignments SET lease_until = now() - interval '1 second'");
    await vote(ann, items[0]!, "approve");
    expect((await claim(ben)).items.map(({ sample }) => sample.id)).toEqual([items[1]!.sample.id]);
    await expect(vote(ann, items[1]!, "approve")).rejects.toThrow(
      /hold on this sample ran out\. Ben has it now until \d\d:\d\d UTC\. Your choice is kept/,
    );
    await releaseClaims(ben, {
      assignmentIds: (
        await test.studio.db.assignment.findMany({ where: { reviewerId: ben.caller.memberId } })
      ).map(({ id }) => id),
    });
    await vote(ann, items[1]!, "approve");
    expect(await stateOf(items[1]!.sample.id)).toBe("approved");
    await expectSound();
  });

  it("a sample that somebody else decided meanwhile", async () => {
    await addSamples(test.context, 1);
    await settings({});
    const [ann, ben] = [await member("Ann"), await member("Ben")];
    const { items } = await claim(ann);
    await releaseClaims(ann, { assignmentIds: [items[0]!.assignmentId] });
    await vote(ben, (await claim(ben)).items[0]!, "reject", ["other"]);
    await expect(vote(ann, items[0]!, "approve")).rejects.toThrow("It is rejected already, by Ben.");
  });
});

describe("gold", () => {
  it("is mixed in, measures the reviewer and never changes the sample", async () => {
    const [gold, ...rest] = (await addSamples(test.context, 6)) as [string, ...string[]];
    await settings({ goldShare: 0.5 });
    await plantGold(test.context, { sampleId: gold, answer: "reject" });
    expect(await stateOf(gold)).toBe("rejected");
    const ann = await member("Ann");
    const seen: ClaimView[] = [];
    for (let round = 0; round < 60 && !seen.some(({ sample }) => sample.id === gold); round++) {
      const { items } = await claim(ann, { limit: 1 });
      seen.push(...items);
      if (items[0] && items[0].sample.id !== gold) await vote(ann, items[0], "approve");
      if (items.length === 0 && round > 40) break;
    }
    const item = seen.find(({ sample }) => sample.id === gold);
    if (!item) return;
    expect(item.purpose).toBe("review");
    await vote(ann, item, "approve");
    expect(await stateOf(gold)).toBe("rejected");
    expect(await listReviewers(ann, { days: 2 })).toMatchObject([
      { name: "Ann", goldSeen: 1, goldAgreed: 0 },
    ]);
    await undo(ann, { sampleId: gold });
    await vote(ann, item, "reject", ["other"]);
    expect(await listReviewers(ann, { days: 2 })).toMatchObject([{ goldSeen: 1, goldAgreed: 1 }]);
    expect(rest.length).toBe(5);
    await expectSound();
  });
});
