import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/server/context";
import { claimRegion, releaseRegions, renewLeases } from "@/lib/server/masks/claim-region";
import { enqueueRegions } from "@/lib/server/masks/enqueue-regions";
import { getRegion } from "@/lib/server/masks/get-region";
import { nextRegions } from "@/lib/server/masks/lease-regions";
import { maskProgress } from "@/lib/server/masks/mask-progress";
import { skipRegion } from "@/lib/server/masks/settle-region";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

const count = 40;
let test: TestStudio;
let people: Context[];

beforeAll(async () => {
  test = await createTestStudio();
  await addSamples(test.context, count);
  const { projectId } = test.context.caller;
  people = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const name = `Painter ${i}`;
      const { id } = await test.studio.db.member.create({ data: { projectId, name, role: "annotator" } });
      return { ...test.context, caller: { projectId, memberId: id, name, role: "annotator" as const } };
    }),
  );
});
afterAll(() => test.close());

const next = (context: Context, session: string, limit: number, exclude: string[] = []) =>
  nextRegions(context, { session, limit, exclude }).then(({ items }) => items);
const freeAll = () =>
  test.studio.db.region.updateMany({ data: { claimedById: null, claimSession: null, leaseUntil: null } });
const expire = (id: string) =>
  test.studio.db.region.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1000) } });

describe("the queue", () => {
  it("puts each anchor in once, in the order of import", async () => {
    const added = await Promise.all(
      Array.from({ length: 3 }, () => enqueueRegions(test.context, { kind: "anchor", limit: 1e6 })),
    );
    expect(added.reduce((sum, one) => sum + one.added, 0)).toBe(count);
    expect((await enqueueRegions(test.context, { kind: "anchor", limit: 1e6 })).added).toBe(0);
    expect(await maskProgress(test.context, {})).toMatchObject({ open: count, done: 0, skipped: 0 });
    const rows = await test.studio.db.region.findMany({ orderBy: { id: "asc" } });
    const times = rows.map(({ id }) => id.slice(0, 13));
    const anchors = await test.studio.db.anchor.findMany({ orderBy: { id: "asc" } });
    expect(times).toEqual(anchors.map(({ id }) => id.slice(0, 13)));
  });

  it("never gives one region to two people who ask at once", async () => {
    const taken = await Promise.all(people.map((person) => next(person, randomUUID(), 4)));
    const ids = taken.flat().map(({ id }) => id);
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
    for (const [i, items] of taken.entries()) {
      for (const { holder } of items) expect(holder).toMatchObject({ name: `Painter ${i}`, mine: true });
    }
    expect(await next(test.context, randomUUID(), 5)).toEqual([]);
    await freeAll();
  });

  it("gives a page what it held before, and what it put off last", async () => {
    const session = randomUUID();
    const first = await next(people[0]!, session, 2);
    expect((await next(people[0]!, session, 2)).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    const [skipped] = first;
    const after = await next(people[0]!, session, 2, [skipped!.id]);
    expect(after.map(({ id }) => id)).not.toContain(skipped!.id);
    expect(after[0]!.id).toBe(first[1]!.id);
    await releaseRegions(people[0]!, { session, ids: [...first, ...after].map(({ id }) => id) });
  });

  it("hands a region on when its lease ran out, and tells the page that lost it", async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    const [region] = await next(people[0]!, mine, 1);
    await expect(
      claimRegion(people[1]!, { id: region!.id, session: theirs, takeOver: false }),
    ).rejects.toThrow("Painter 0 has this region open in another page");
    await expire(region!.id);
    // Nobody came meanwhile: the page goes on.
    expect((await renewLeases(people[0]!, { session: mine, ids: [region!.id] })).lost).toEqual([]);
    await expire(region!.id);
    expect((await next(people[1]!, theirs, 1))[0]!.id).toBe(region!.id);
    expect((await renewLeases(people[0]!, { session: mine, ids: [region!.id] })).lost).toEqual([region!.id]);
    // What others hold is nobody's to take over.
    await expect(claimRegion(people[0]!, { id: region!.id, session: mine, takeOver: true })).rejects.toThrow(
      "Painter 1 has this region open in another page",
    );
    await expire(region!.id);
    const back = await claimRegion(people[0]!, { id: region!.id, session: mine, takeOver: false });
    expect(back.holder).toMatchObject({ name: "Painter 0", mine: true });
  });

  it("tells a person's page what other pages of the person hold, and lets it take that over", async () => {
    const [dead, page] = [randomUUID(), randomUUID()];
    const [me, somebody] = [people[3]!, people[4]!];
    const ask = (more: { takeOver?: boolean; kind?: "edit" } = {}) =>
      nextRegions(me, { session: page, limit: 2, exclude: [], ...more });
    await freeAll();
    const mine = (await next(me, dead, 3)).map(({ id }) => id).sort();
    expect(await next(somebody, randomUUID(), count)).toHaveLength(count - 3);
    expect(await ask()).toMatchObject({ items: [], elsewhere: 3 });

    const [id] = mine;
    expect(await getRegion(me, id!, page)).toMatchObject({
      holder: { mine: false, you: true },
    });
    expect(await getRegion(somebody, id!, page)).toMatchObject({ holder: { you: false } });
    const renewed = await renewLeases(me, { session: page, ids: mine });
    expect([renewed.lost.sort(), renewed.yours.sort()]).toEqual([mine, mine]);
    // Somebody else's page is told that they are gone, and not that they are its own.
    expect((await renewLeases(somebody, { session: page, ids: mine })).yours).toEqual([]);
    // Another's taking over moves nothing of mine.
    const others = { session: page, limit: 1, exclude: [], takeOver: true };
    expect((await nextRegions(people[5]!, others)).items).toEqual([]);
    // Nor does mine of another queue.
    expect(await ask({ takeOver: true, kind: "edit" })).toMatchObject({ items: [], elsewhere: 0 });

    expect((await ask({ takeOver: true })).items.map((region) => region.id)).toEqual(mine.slice(0, 2));
    expect((await renewLeases(me, { session: page, ids: mine })).lost).toEqual([]);
    expect((await renewLeases(me, { session: dead, ids: mine })).yours.sort()).toEqual(mine);
    await freeAll();
  });

  it("counts what is skipped and keeps it out of the queue", async () => {
    const session = randomUUID();
    const [region] = await next(people[2]!, session, 1);
    await skipRegion(people[2]!, { id: region!.id, version: 1, reason: "no object in sight" });
    expect(await maskProgress(people[2]!, {})).toMatchObject({ open: count - 1, skipped: 1 });
    expect((await next(people[2]!, session, 5)).map(({ id }) => id)).not.toContain(region!.id);
  });

  it("enqueues a run's edits by type and filters by it", async () => {
    const run = await test.studio.db.run.findFirstOrThrow();
    expect(
      (await enqueueRegions(test.context, { kind: "edit", runId: run.id, editType: "add", limit: 10 })).added,
    ).toBe(0);
    expect((await enqueueRegions(test.context, { kind: "edit", runId: run.id, limit: 10 })).added).toBe(10);
    expect(await maskProgress(test.context, { kind: "edit", editType: "change-color" })).toMatchObject({
      open: 10,
    });
    const { items } = await nextRegions(test.context, {
      session: randomUUID(),
      limit: 5,
      exclude: [],
      runId: run.id,
      kind: "edit",
    });
    expect(items.map(({ kind }) => kind)).toEqual(Array(5).fill("edit"));
    expect(items[0]!.instruction).toMatch(/^Make car/);
    await expect(enqueueRegions(test.context, { kind: "anchor", runId: run.id, limit: 1 })).rejects.toThrow(
      "belong to no run",
    );
  });

  it("takes the anchors and samples of a filter, or samples that are named", async () => {
    const ids = await addSamples(test.context, 4);
    const enqueue = (input: Omit<Parameters<typeof enqueueRegions>[1], "limit">, limit = 1e6) =>
      enqueueRegions(test.context, { ...input, limit }).then(({ added }) => added);
    const open = () => maskProgress(test.context, { kind: "sample" }).then((progress) => progress.open);

    expect(await enqueue({ kind: "anchor", anchors: { search: "CAR NUMBER 3", generated: true } })).toBe(0);
    expect(await enqueue({ kind: "anchor", anchors: { search: "CAR NUMBER 3", generated: false } })).toBe(1);
    expect(await enqueue({ kind: "anchor", anchors: { origin: "storybook" } })).toBe(0);

    expect(await enqueue({ kind: "sample", sampleIds: ids.slice(0, 2) })).toBe(2);
    expect(await enqueue({ kind: "sample", sampleIds: ids.slice(0, 3) })).toBe(1);
    const sample = await test.studio.db.sample.findUniqueOrThrow({
      where: { id: ids[0]! },
      include: { candidate: { include: { render: true } } },
    });
    expect(await test.studio.db.region.findFirstOrThrow({ where: { sampleId: ids[0]! } })).toMatchObject({
      kind: "sample",
      imageSha: sample.candidate.render.imageSha,
      anchorId: sample.candidate.render.anchorId,
      runId: sample.runId,
      editType: "change-color",
      state: "open",
    });

    await test.studio.db.sample.update({ where: { id: ids[3]! }, data: { state: "approved" } });
    expect(await enqueue({ kind: "sample", samples: { state: "approved" } })).toBe(1);
    expect(await open()).toBe(4);
    expect(await enqueue({ kind: "sample", samples: {} }, 5)).toBe(5);
    expect(await enqueue({ kind: "sample" })).toBe(count + 4 - 4 - 5);

    await expect(enqueue({ kind: "sample", sampleIds: ids, samples: {} })).rejects.toThrow("not both");
    await expect(enqueue({ kind: "sample", anchors: {} })).rejects.toThrow("narrowed by `sampleIds`");
  });
});
