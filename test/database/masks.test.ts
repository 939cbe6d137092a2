import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "@/lib/server/context";
import { annotateMask } from "@/lib/server/masks/annotate-mask";
import { claimRegion, releaseRegions, renewLeases } from "@/lib/server/masks/claim-region";
import { enqueueRegions } from "@/lib/server/masks/enqueue-regions";
import { getRegion } from "@/lib/server/masks/get-region";
import { nextRegions } from "@/lib/server/masks/lease-regions";
import { listLayers } from "@/lib/server/masks/list-layers";
import { listRegions } from "@/lib/server/masks/list-regions";
import { listRevisions } from "@/lib/server/masks/list-revisions";
import { maskProgress } from "@/lib/server/masks/mask-progress";
import { openRegion } from "@/lib/server/masks/open-region";
import { restoreRevision } from "@/lib/server/masks/restore-revision";
import { saveMask } from "@/lib/server/masks/save-mask";
import { finishRegion, skipRegion } from "@/lib/server/masks/settle-region";
import { restoreMask } from "@/lib/server/review/restore-mask";
import { sampleLog } from "@/lib/server/review/sample-log";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
let samples: string[];
let anchors: { id: string; imageSha: string }[];
let other: Context;

beforeAll(async () => {
  test = await createTestStudio();
  samples = await addSamples(test.context, 6);
  anchors = await test.studio.db.anchor.findMany({ orderBy: { id: "asc" } });
  const { projectId } = test.context.caller;
  const member = await test.studio.db.member.create({ data: { projectId, name: "Ada", role: "annotator" } });
  other = { ...test.context, caller: { projectId, memberId: member.id, name: "Ada", role: "annotator" } };
});
afterAll(() => test.close());

/** A grey PNG with a filled square; `level` other than 255 makes it soft. */
const maskPng = async (from: number, to: number, { size = 32, level = 255 } = {}) => {
  const data = Buffer.alloc(size * size);
  for (let y = from; y < to; y++) data.fill(level, y * size + from, y * size + to);
  return sharp(data, { raw: { width: size, height: size, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
};
const body = (bytes: Buffer) => new Blob([new Uint8Array(bytes)]).stream() as ReadableStream<Uint8Array>;
const save = (context: Context, id: string, version: number, bytes: Buffer, saveId?: string) =>
  saveMask(context, { id, version, saveId, body: body(bytes) });

describe("opening", () => {
  it("draws an edit's region on the anchor's image and a sample's on its source image, once", async () => {
    const sample = await test.studio.db.sample.findUniqueOrThrow({
      where: { id: samples[0]! },
      include: { candidate: { include: { render: true, edit: { include: { anchor: true } } } } },
    });
    const { candidate } = sample;
    const onSample = await openRegion(test.context, { sampleId: sample.id });
    expect(onSample).toMatchObject({ kind: "sample", version: 1, mask: null, state: "open" });
    expect(onSample.image.sha256).toBe(candidate.render.imageSha);
    expect(onSample.after?.sha256).toBe(candidate.imageSha);
    expect(onSample.instruction).toBe(sample.instruction);
    const both = await Promise.all(
      Array.from({ length: 8 }, () => openRegion(test.context, { editId: candidate.editId })),
    );
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(both[0]!.image.sha256).toBe(candidate.edit.anchor.imageSha);
    const byImage = await openRegion(test.context, { imageSha: anchors[0]!.imageSha });
    expect(byImage).toEqual(await openRegion(test.context, { anchorId: anchors[0]!.id }));
  });

  it("puts nothing into the queue; drawing or filling the queue does", async () => {
    const kind = "sample" as const;
    const open = (sampleId: string) => openRegion(test.context, { sampleId }).then(({ id }) => id);
    const [looked, drawn] = [await open(samples[2]!), await open(samples[3]!)];
    const listed = async () => {
      const { items } = await listRegions(test.context, { kind, limit: 50 });
      return items.map(({ id }) => id).sort();
    };
    const session = randomUUID();
    expect(await listed()).toEqual([]);
    expect(await maskProgress(test.context, { kind })).toMatchObject({ open: 0 });
    expect((await nextRegions(test.context, { session, kind, limit: 5, exclude: [] })).items).toEqual([]);
    // Whoever opened it has it all the same.
    const claimed = await claimRegion(test.context, { id: looked, session, takeOver: false });
    expect(claimed.holder).toMatchObject({ mine: true });
    await releaseRegions(test.context, { session, ids: [looked] });

    await save(test.context, drawn, 1, await maskPng(2, 10));
    expect(await listed()).toEqual([drawn]);
    const enqueue = () =>
      enqueueRegions(test.context, { kind, sampleIds: samples.slice(2, 4), limit: 10 }).then(
        ({ added }) => added,
      );
    expect(await enqueue()).toBe(1);
    expect(await listed()).toEqual([looked, drawn].sort());
    expect(await open(samples[2]!)).toBe(looked);
    expect(await enqueue()).toBe(0);
  });

  it("explains what is missing", async () => {
    await expect(openRegion(test.context, { sampleId: randomUUID() })).rejects.toThrow("There is no sample");
    const gone = await test.studio.db.anchor.findFirstOrThrow({ orderBy: { id: "desc" } });
    const withdrawn = (withdrawnAt: Date | null) =>
      test.studio.db.anchor.update({ where: { id: gone.id }, data: { withdrawnAt } });
    await withdrawn(new Date());
    await expect(openRegion(test.context, { anchorId: gone.id })).rejects.toThrow("was withdrawn");
    await withdrawn(null);
    const seed = await test.studio.db.seed.findFirstOrThrow({ where: { anchorId: null } });
    await expect(openRegion(test.context, { seedId: seed.id })).rejects.toThrow("This seed has no image");
    await expect(
      openRegion(
        { ...test.context, caller: { ...test.context.caller, role: "reviewer" } },
        { anchorId: anchors[0]!.id },
      ),
    ).rejects.toThrow("does not let you annotate");
  });
});

describe("saving", () => {
  it("keeps every revision, byte for byte, with its author", async () => {
    const { id } = await openRegion(test.context, { anchorId: anchors[1]!.id });
    const [first, second] = [await maskPng(2, 10), await maskPng(4, 20, { level: 77 })];
    const one = await save(test.context, id, 1, first);
    expect(one).toMatchObject({
      saved: true,
      region: { version: 2, mask: { revision: 1, author: "Owner" } },
    });
    const two = await save(other, id, 2, second);
    expect(two).toMatchObject({ saved: true, region: { version: 3, mask: { revision: 2, author: "Ada" } } });
    const { items } = await listRevisions(test.context, { id, limit: 10 });
    expect(items.map(({ revision }) => revision)).toEqual([2, 1]);
    expect(await test.studio.store.read(items[1]!.png.sha256)).toEqual(first);
    expect(await test.studio.store.read(items[0]!.png.sha256)).toEqual(second);
    const rows = await test.studio.db.mask.findMany({
      where: { regionId: id },
      orderBy: { revision: "asc" },
    });
    expect(rows.map(({ area, soft }) => [area, soft])).toEqual([
      [64, false],
      [0, true],
    ]);
    const restored = await restoreRevision(test.context, { id, version: 3, revision: 1 });
    expect(restored).toMatchObject({
      saved: true,
      region: { version: 4, mask: { revision: 3, note: "restored from revision 1", png: items[1]!.png } },
    });
  });

  it("puts a mask aside: into the history once, and what is current stays so", async () => {
    const { id } = await openRegion(test.context, { sampleId: samples[4]! });
    await save(other, id, 1, await maskPng(2, 10));
    const aside = async () =>
      saveMask(test.context, {
        id,
        version: 1,
        saveId: randomUUID(),
        aside: true,
        body: body(await maskPng(3, 8)),
      });
    for (let n = 0; n < 2; n++) {
      expect(await aside()).toMatchObject({ saved: true, region: { version: 2, mask: { revision: 1 } } });
    }
    const { items } = await listRevisions(test.context, { id, limit: 20 });
    expect(items.map(({ revision, note, author }) => [revision, note, author])).toEqual([
      [2, "set aside", "Owner"],
      [1, null, "Ada"],
    ]);
    expect(await restoreRevision(test.context, { id, version: 2, revision: 2 })).toMatchObject({
      saved: true,
    });
  });

  it("gives somebody else's revision to who comes too late, and writes nothing", async () => {
    const { id } = await openRegion(test.context, { anchorId: anchors[2]!.id });
    const files = await Promise.all(Array.from({ length: 6 }, (_, i) => maskPng(1, 10 + i)));
    const outcomes = await Promise.all(
      files.map((file, i) => save(i % 2 ? other : test.context, id, 1, file)),
    );
    const winners = outcomes.filter(({ saved }) => saved);
    expect(winners).toHaveLength(1);
    const current = (await getRegion(test.context, id)).mask;
    for (const outcome of outcomes) {
      if (!outcome.saved) expect(outcome.conflict.mask).toEqual(current);
    }
    expect((await listRevisions(test.context, { id, limit: 50 })).items).toHaveLength(1);
  });

  it("does a repeated request once, also when its answer was lost and somebody saved since", async () => {
    const { id } = await openRegion(test.context, { anchorId: anchors[3]!.id });
    const saveId = randomUUID();
    const file = await maskPng(3, 9);
    expect((await save(test.context, id, 1, file, saveId)).saved).toBe(true);
    expect(await save(test.context, id, 1, file, saveId)).toMatchObject({
      saved: true,
      region: { version: 2 },
    });
    await save(other, id, 2, await maskPng(3, 12));
    expect(await save(test.context, id, 1, file, saveId)).toMatchObject({
      saved: true,
      region: { version: 3 },
    });
    expect(await save(test.context, id, 3, await maskPng(3, 12))).toMatchObject({
      saved: true,
      region: { version: 3 },
    });
    expect((await listRevisions(test.context, { id, limit: 50 })).items).toHaveLength(2);
  });

  it("refuses what is no mask of this image, and changes nothing", async () => {
    const { id } = await openRegion(test.context, { anchorId: anchors[4]!.id });
    const colour = await sharp({ create: { width: 32, height: 32, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const whole = await maskPng(2, 8);
    for (const [file, message] of [
      [await maskPng(2, 8, { size: 33 }), "33×33 pixels, but its image is 32×32"],
      [colour, "must be an 8-bit grey PNG"],
      [Buffer.from("hello, this is no picture at all, only text"), "not a PNG"],
      [whole.subarray(0, whole.length - 20), "is damaged"],
      [Buffer.alloc(0), "not a PNG"],
    ] as const) {
      await expect(save(test.context, id, 1, file)).rejects.toThrow(message);
    }
    expect(await getRegion(test.context, id)).toMatchObject({ version: 1, mask: null });
  });
});

describe("settling", () => {
  it("finishes only what has a mask, on the version that was seen", async () => {
    const { id } = await openRegion(test.context, { anchorId: anchors[5]!.id });
    await expect(finishRegion(test.context, { id, version: 1 })).rejects.toThrow("The mask is empty");
    await save(test.context, id, 1, await maskPng(0, 0));
    await expect(finishRegion(test.context, { id, version: 2 })).rejects.toThrow("The mask is empty");
    await save(test.context, id, 2, await maskPng(3, 9));
    expect(await finishRegion(other, { id, version: 2 })).toMatchObject({
      saved: false,
      conflict: { version: 3 },
    });
    expect(await finishRegion(test.context, { id, version: 3 })).toMatchObject({
      saved: true,
      region: { state: "done" },
    });
    expect(await skipRegion(test.context, { id, version: 4, reason: "too dark" })).toMatchObject({
      region: { state: "skipped", skipReason: "too dark" },
    });
  });
});

describe("formats and layers", () => {
  it("writes COCO run lengths that hold exactly the mask's pixels", async () => {
    const { id } = await openRegion(test.context, { anchorId: anchors[1]!.id });
    const { segmentation, area, bbox } = await annotateMask(test.context, { id, format: "coco" });
    expect(segmentation).toMatchObject({ size: [32, 32] });
    expect(area).toBe(64);
    expect(bbox).toEqual([2, 2, 8, 8]);
    const polygon = await annotateMask(test.context, { id, format: "polygon" });
    const [ring] = polygon.segmentation as number[][];
    const corners = [0, 2, 4, 6].map((i) => `${ring![i]},${ring![i + 1]}`);
    expect(corners.sort()).toEqual(["10,10", "10,2", "2,10", "2,2"]);
    expect(polygon.notes.join()).toContain("holes");
  });

  it("shows the pipeline's masks of the edit, the newest of each kind, with their crops", async () => {
    const { db, store } = test.studio;
    const edit = await db.edit.findFirstOrThrow({ orderBy: { id: "asc" }, include: { anchor: true } });
    const put = async (kind: "fine" | "soft", level: number) => {
      const { sha256, bytes } = await store.put(await maskPng(1, 5, { level }));
      await db.image.createMany({
        data: [{ sha256, mime: "image/png", width: 32, height: 32, bytes }],
        skipDuplicates: true,
      });
      await db.mask.create({
        data: { imageSha: edit.anchor.imageSha, pngSha: sha256, editId: edit.id, kind, crop: [0, 0, 16, 16] },
      });
      return sha256;
    };
    await put("soft", 10);
    await put("fine", 255);
    const newest = await put("soft", 20);
    const region = await openRegion(test.context, { editId: edit.id });
    const layers = await listLayers(test.context, region.id);
    expect(layers.map(({ kind, crop }) => [kind, crop])).toEqual([
      ["fine", [0, 0, 16, 16]],
      ["soft", [0, 0, 16, 16]],
    ]);
    expect(layers[1]!.png.sha256).toBe(newest);
    expect(await readFile(store.path!(newest))).toEqual(await maskPng(1, 5, { level: 20 }));
  });
});

describe("a reviewer", () => {
  it("redraws the samples in hand and no others", async () => {
    const { projectId } = test.context.caller;
    const [mine, theirs] = await addSamples(test.context, 2);
    const { id: memberId } = await test.studio.db.member.create({
      data: { projectId, name: "Rea", role: "reviewer" },
    });
    const reviewer: Context = {
      ...test.context,
      caller: { projectId, memberId, name: "Rea", role: "reviewer" },
    };
    await test.studio.db.assignment.create({
      data: {
        projectId,
        sampleId: mine!,
        reviewerId: memberId,
        purpose: "review",
        drawOrder: "oldest",
        textRevision: 1,
        maskRevision: 1,
        leaseUntil: new Date(Date.now() + 60_000),
        slot: 1,
      },
    });
    const region = await openRegion(reviewer, { sampleId: mine! });
    const session = randomUUID();
    await claimRegion(reviewer, { id: region.id, session, takeOver: false });
    expect(await renewLeases(reviewer, { session, ids: [region.id] })).toMatchObject({ lost: [] });
    const saved = await save(reviewer, region.id, 1, await maskPng(4, 12));
    if (!saved.saved) throw new Error("not saved");
    expect(await finishRegion(reviewer, { id: region.id, version: saved.region.version })).toMatchObject({
      saved: true,
      region: { state: "done" },
    });
    const sample = await test.studio.db.sample.findUniqueOrThrow({ where: { id: mine! } });
    expect(sample).toMatchObject({ maskId: saved.region.mask!.id, maskRevision: 2 });

    const drawn = saved.region.mask!.id;
    const stale = restoreMask(reviewer, { id: mine!, maskRevision: 1, maskId: null });
    await expect(stale).rejects.toMatchObject({ code: "conflict" });
    await restoreMask(reviewer, { id: mine!, maskRevision: 2, maskId: null });
    const masksOf = async () =>
      (await sampleLog(test.context, { id: mine! })).flatMap(({ mask }) => (mask ? [mask] : []));
    expect(await masksOf()).toEqual([
      { id: null, current: true },
      { id: drawn, current: false },
    ]);
    await restoreMask(reviewer, { id: mine!, maskRevision: 3, maskId: drawn });
    expect(await masksOf()).toMatchObject([{ current: false }, { current: true }]);
    await expect(
      restoreMask(reviewer, { id: mine!, maskRevision: 4, maskId: randomUUID() }),
    ).rejects.toMatchObject({ code: "not-found" });

    const refused = { code: "forbidden" };
    const other = await openRegion(test.context, { sampleId: theirs! });
    await expect(openRegion(reviewer, { sampleId: theirs! })).rejects.toMatchObject(refused);
    await expect(openRegion(reviewer, { anchorId: anchors[0]!.id })).rejects.toMatchObject(refused);
    await expect(save(reviewer, other.id, 1, await maskPng(4, 12))).rejects.toMatchObject(refused);
    await expect(claimRegion(reviewer, { id: other.id, session, takeOver: true })).rejects.toMatchObject(
      refused,
    );
    await test.studio.db.assignment.updateMany({
      where: { sampleId: mine!, reviewerId: memberId },
      data: { state: "released", slot: null },
    });
    await expect(save(reviewer, region.id, 3, await maskPng(2, 9))).rejects.toMatchObject(refused);
  });
});
