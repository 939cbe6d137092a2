import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateExport } from "@/lib/export/validate-export";
import { storePicture } from "@/lib/server/images/store-picture";
import { createRelease } from "@/lib/server/releases/create-release";
import { deleteRelease } from "@/lib/server/releases/delete-release";
import { exportRelease } from "@/lib/server/releases/export-release";
import { getRelease } from "@/lib/server/releases/list-releases";
import { failExport, performExport } from "@/lib/server/releases/perform-export";
import { previewRelease } from "@/lib/server/releases/preview-release";
import { zipExport } from "@/lib/server/releases/zip-export";
import { decideSample } from "@/lib/server/samples/decide-sample";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
const options = { imageFormat: "png" as const, validationShare: 0, preferences: false };
const approved = { states: ["approved" as const] };

beforeAll(async () => {
  test = await createTestStudio();
  const ids = await addSamples(test.context, 5);
  for (const id of ids.slice(0, 3)) {
    await decideSample(test.context, { id, version: 1, kind: "approve", reasons: [] });
  }
});
afterAll(() => test.close());

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

describe("releases", () => {
  it("refuses an empty one and a taken name", async () => {
    const empty = { name: "none", filter: { states: ["rejected" as const] }, validationShare: 0 };
    await expect(createRelease(test.context, empty)).rejects.toThrow("No sample fits");
    await createRelease(test.context, { name: "taken", filter: approved, validationShare: 0 });
    await expect(
      createRelease(test.context, { name: "taken", filter: approved, validationShare: 0 }),
    ).rejects.toThrow("There is already a release named “taken”");
  });

  it("deletes one that was never written, and keeps one that was", async () => {
    const { db, dataDir } = test.studio;
    const make = (name: string) =>
      createRelease(test.context, { name, filter: approved, validationShare: 0 });
    const failed = await make("failed");
    const release = await make("written");
    const ask = (id: string) => exportRelease(test.context, { id, format: "parquet", options });
    const { id: failedExport } = await ask(failed.id);
    const writing = deleteRelease(test.context, { id: failed.id });
    await expect(writing).rejects.toThrow("a release that may be in use stays");
    await failExport(test.studio, failedExport, "The disk is full.");
    const { value: before } = await db.counter.findFirstOrThrow({ where: { name: "releases" } });
    await deleteRelease(test.context, { id: failed.id });
    await expect(getRelease(test.context, failed.id)).rejects.toThrow("There is no such release.");
    expect(await db.releaseSample.count({ where: { releaseId: failed.id } })).toBe(0);
    expect(existsSync(join(dataDir, "exports", failedExport))).toBe(false);
    expect((await db.counter.findFirstOrThrow({ where: { name: "releases" } })).value).toBe(before - 1n);
    const { id } = await ask(release.id);
    await performExport(test.studio, id, new AbortController().signal);
    const written = deleteRelease(test.context, { id: release.id });
    await expect(written).rejects.toThrow("A dataset was written of “written”");
    const reviewer = { ...test.context, caller: { ...test.context.caller, role: "reviewer" as const } };
    await expect(deleteRelease(reviewer, { id: release.id })).rejects.toThrow("does not let you curate");
  });

  it("refuses a folder that is not empty before anything is queued", async () => {
    const release = await createRelease(test.context, { name: "to", filter: approved, validationShare: 0 });
    const outDir = test.studio.dataDir;
    const refused = exportRelease(test.context, { id: release.id, format: "parquet", options, outDir });
    await expect(refused).rejects.toThrow("is not empty");
    expect((await getRelease(test.context, release.id)).exports).toEqual([]);
  });

  it("exports Parquet that opens, with texts, decision, licence and recipe", async () => {
    expect(await previewRelease(test.context, approved)).toEqual({ count: 3 });
    const release = await createRelease(test.context, {
      name: "first",
      filter: approved,
      validationShare: 0,
    });
    expect(release.count).toBe(3);
    const { id } = await exportRelease(test.context, {
      id: release.id,
      format: "parquet",
      options: { imageFormat: "png", validationShare: 0, preferences: false },
    });
    await performExport(test.studio, id, new AbortController().signal);
    const done = (await getRelease(test.context, release.id)).exports[0]!;
    expect(done).toMatchObject({ state: "succeeded", written: 3, message: null });
    expect(await validateExport(done.path)).toMatchObject({ problems: [] });
    const parquet = done.files.find(({ path }) => path.endsWith(".parquet"))!;
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(done.path, parquet.path)) });
    expect(rows).toHaveLength(3);
    const { name, pieces } = await zipExport(test.context, id);
    expect(name).toBe("first-parquet.zip");
    const archive = Buffer.concat(await collect(pieces));
    expect(archive.includes(await readFile(join(done.path, parquet.path)))).toBe(true);
    for (const { path } of done.files) expect(archive.includes(`first/${path}`)).toBe(true);
    expect(rows[0]).toMatchObject({ edit_prompt: "Make car number 0 blue." });
    await rm(done.path, { recursive: true });
    expect((await getRelease(test.context, release.id)).exports[0]?.files).toEqual([]);
  });

  it("sets targets that fell short beside the chosen one of the same source", async () => {
    const release = await createRelease(test.context, {
      name: "pairs",
      filter: approved,
      validationShare: 0,
    });
    const { db, store } = test.studio;
    const member = await db.releaseSample.findFirstOrThrow({
      where: { releaseId: release.id },
      include: { sample: { include: { candidate: true } } },
    });
    const { id: _, ...chosen } = member.sample.candidate;
    const worse = async (level: number, failures: string[]) => {
      const data = new Uint8Array(32 * 32 * 3).fill(level);
      const picture = await storePicture(store, { width: 32, height: 32, data });
      await db.image.createMany({ data: [picture], skipDuplicates: true });
      await db.candidate.create({
        data: {
          ...chosen,
          recipe: chosen.recipe ?? {},
          scores: { clipDirection: 0.1 },
          imageSha: picture.sha256,
          recipeHash: String(level).padEnd(64, "0"),
          selected: false,
          failures,
        },
      });
    };
    await worse(10, ["clipDirection:min"]);
    // Passing and not kept is not worse for sure.
    await worse(20, ["not-among-best"]);
    const { id } = await exportRelease(test.context, {
      id: release.id,
      format: "parquet",
      options: { imageFormat: "png", validationShare: 0, preferences: true },
    });
    await performExport(test.studio, id, new AbortController().signal);
    const done = (await getRelease(test.context, release.id)).exports[0]!;
    expect(done).toMatchObject({ state: "succeeded", message: null });
    expect(await validateExport(done.path)).toMatchObject({ problems: [] });
    const file = done.files.find(({ path }) => path.startsWith("preference"))!;
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(done.path, file.path)) });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      preferred_by: "selection",
      reason: "Change follows the text is too low",
    });
  });
});
