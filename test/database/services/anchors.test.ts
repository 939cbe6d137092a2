import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getAnchor } from "@/lib/server/anchors/get-anchor";
import { listAnchors } from "@/lib/server/anchors/list-anchors";
import { updateAnchor } from "@/lib/server/anchors/update-anchor";
import { withdrawAnchor } from "@/lib/server/anchors/withdraw-anchor";
import { readCounters } from "@/lib/server/counters";
import { beginUpload, finishUpload, importFromPath } from "@/lib/server/imports/begin-import";
import { getImport } from "@/lib/server/imports/get-import";
import { listImportNotes } from "@/lib/server/imports/list-import-notes";
import { performImport } from "@/lib/server/imports/perform-import";
import { uploadFile } from "@/lib/server/imports/upload-file";
import { listEdits } from "@/lib/server/runs/list-edits";
import { decideSample } from "@/lib/server/samples/decide-sample";
import { getSample } from "@/lib/server/samples/get-sample";
import { listSamples } from "@/lib/server/samples/list-samples";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio, testPng } from "@/test/support/test-studio";

let test: TestStudio;
let folder: string;
const never = new AbortController().signal;

beforeAll(async () => {
  test = await createTestStudio();
  folder = await mkdtemp(join(tmpdir(), "pentimento-images-"));
  await writeFile(join(folder, "a.png"), await testPng(200, 0, 0));
  await writeFile(join(folder, "b.png"), await testPng(0, 100, 50));
  await writeFile(join(folder, "copy-of-a.png"), await testPng(200, 0, 0));
  await writeFile(join(folder, "broken.png"), "this is no image");
  const rows = [
    { file_name: "a.png", text: "A red square on a wall", license: "CC0-1.0" },
    { file_name: "b.png", text: "" },
    { file_name: "copy-of-a.png", text: "Another red square here" },
    { file_name: "broken.png", text: "A file that is no image" },
    { file_name: "missing.png", text: "A file that is not there" },
  ];
  await writeFile(join(folder, "metadata.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

const importFolder = async () => {
  const { id } = await importFromPath(test.context, { path: folder });
  await performImport(test.studio, id, never);
  return getImport(test.context, id);
};

describe("importing a folder", () => {
  it("adds what is good, skips the copy, and reports the rest by name", async () => {
    const done = await importFolder();
    expect(done).toMatchObject({ state: "succeeded", added: 2, duplicates: 1, refused: 2 });
    const notes = await listImportNotes(test.context, { id: done.id, limit: 50 });
    const refused = notes.items.filter((note) => note.refused).map(({ subject }) => subject);
    expect(refused.some((subject) => subject.includes("broken.png"))).toBe(true);
    expect(refused.some((subject) => subject.includes("missing.png"))).toBe(true);
    const counts = await readCounters(test.studio.db, test.context.caller.projectId);
    expect(counts).toMatchObject({ anchors: 2, captioned: 1 });
  });

  it("finds everything there when it runs again", async () => {
    expect(await importFolder()).toMatchObject({ added: 0, duplicates: 3, refused: 2 });
  });

  it("gives anchors what they lacked when their files come again, and says so by name", async () => {
    const again = join(folder, "again");
    await mkdir(again);
    await copyFile(join(folder, "a.png"), join(again, "a.png"));
    await writeFile(join(again, "late.png"), await testPng(20, 160, 20));
    const importAgain = async () => {
      const { id } = await importFromPath(test.context, { path: again });
      await performImport(test.studio, id, never);
      return getImport(test.context, id);
    };
    expect(await importAgain()).toMatchObject({ added: 1, duplicates: 1, refused: 0 });
    const before = await readCounters(test.studio.db, test.context.caller.projectId);
    const rows = [
      { file_name: "a.png", text: "A caption that comes too late", license: "CC-BY-4.0", author: "Ann" },
      { file_name: "late.png", text: "A green square on a wall", license: "CC0-1.0" },
    ];
    await writeFile(join(again, "metadata.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
    const done = await importAgain();
    expect(done).toMatchObject({ added: 0, duplicates: 2, refused: 0 });
    const { items } = await listImportNotes(test.context, { id: done.id, limit: 50 });
    expect(items.map(({ subject, reason }) => `${subject.split(" ")[0]} ${reason}`).sort()).toEqual([
      "a.png Already an anchor (a.png); it was given the attribution.",
      "late.png Already an anchor (late.png); it was given the caption, licence.",
    ]);
    const anchors = (await listAnchors(test.context, { limit: 50 })).items;
    expect(anchors.find(({ fileName }) => fileName === "a.png")).toMatchObject({
      caption: "A red square on a wall",
      licence: "CC0-1.0",
      attribution: "Ann",
    });
    expect(anchors.find(({ fileName }) => fileName === "late.png")).toMatchObject({
      caption: "A green square on a wall",
      licence: "CC0-1.0",
    });
    const after = await readCounters(test.studio.db, test.context.caller.projectId);
    expect(after.captioned).toBe(before.captioned + 1);
  });

  it("fails on a folder without an image", async () => {
    const empty = join(folder, "empty");
    await mkdir(empty);
    const { id } = await importFromPath(test.context, { path: empty });
    await performImport(test.studio, id, never);
    const { state, message } = await getImport(test.context, id);
    expect(state).toBe("failed");
    expect(message).toContain(`There are no images in ${empty}`);
  });

  it("reads a list with NUL characters in it, which the database cannot hold", async () => {
    const list = join(folder, "odd.jsonl");
    await writeFile(join(folder, "d.png"), await testPng(9, 9, 9));
    const rows = [
      { file_name: "d.png", text: "A grey square on paper", license: "CC0\u0000-1.0" },
      { file_name: "no\u0000where.png", text: "A path that is none" },
    ];
    await writeFile(list, rows.map((row) => JSON.stringify(row)).join("\n"));
    const { id } = await importFromPath(test.context, { path: list });
    await performImport(test.studio, id, never);
    expect(await getImport(test.context, id)).toMatchObject({ state: "succeeded", added: 1, refused: 1 });
    const { items } = await listAnchors(test.context, { limit: 1 });
    expect(items[0]?.licence).toBe("CC0-1.0");
    await withdrawAnchor(test.context, items[0]!);
  });

  it("says so when the path is not there", async () => {
    await expect(importFromPath(test.context, { path: "/nowhere/at/all" })).rejects.toThrow(
      "/nowhere/at/all is not there",
    );
  });
});

describe("uploading", () => {
  const bodyOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream();

  it("reads a dropped folder with its list", async () => {
    const { id } = await beginUpload(test.context, "holiday");
    const list = `${JSON.stringify({ file_name: "c.png", text: "A blue square on a floor" })}\n`;
    await uploadFile(test.context, {
      importId: id,
      path: "holiday/metadata.jsonl",
      body: bodyOf(Buffer.from(list)),
    });
    await uploadFile(test.context, {
      importId: id,
      path: "holiday/c.png",
      body: bodyOf(await testPng(5, 5, 200)),
    });
    await finishUpload(test.context, id);
    await performImport(test.studio, id, never);
    expect(await getImport(test.context, id)).toMatchObject({ state: "succeeded", added: 1 });
    const { items } = await listAnchors(test.context, { limit: 1 });
    expect(items[0]?.caption).toBe("A blue square on a floor");
  });

  it("says that nothing was uploaded, and starts an import once", async () => {
    const { id } = await beginUpload(test.context, "nothing");
    await finishUpload(test.context, id);
    await performImport(test.studio, id, never);
    expect(await getImport(test.context, id)).toMatchObject({
      state: "failed",
      message: expect.stringContaining("No file was uploaded"),
    });
    await expect(finishUpload(test.context, id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("refuses paths that leave the folder", async () => {
    const { id } = await beginUpload(test.context, "bad");
    await expect(
      uploadFile(test.context, { importId: id, path: "../../etc/passwd", body: bodyOf(Buffer.from("x")) }),
    ).rejects.toThrow("is not a path inside the uploaded folder");
  });
});

describe("anchors", () => {
  it("takes a caption once from two people", async () => {
    const { items } = await listAnchors(test.context, { limit: 10, uncaptioned: true });
    const anchor = items[0]!;
    const update = { id: anchor.id, version: anchor.version, caption: "A green square on paper" };
    await updateAnchor(test.context, update);
    await expect(updateAnchor(test.context, update)).rejects.toMatchObject({ code: "conflict" });
    expect((await readCounters(test.studio.db, test.context.caller.projectId)).captioned).toBe(4);
  });

  it("leaves lists and counts when withdrawn", async () => {
    const { items } = await listAnchors(test.context, { limit: 10 });
    await withdrawAnchor(test.context, items[0]!);
    expect((await listAnchors(test.context, { limit: 10 })).items).toHaveLength(items.length - 1);
    expect((await readCounters(test.studio.db, test.context.caller.projectId)).anchors).toBe(
      items.length - 1,
    );
  });

  it("take what was made from them out of lists, counts and review when withdrawn", async () => {
    const [sampleId] = await addSamples(test.context, 2);
    const { projectId } = test.context.caller;
    const sample = await getSample(test.context, sampleId!);
    const anchor = await getAnchor(test.context, sample.anchor.id);
    const before = await readCounters(test.studio.db, projectId);
    await withdrawAnchor(test.context, anchor);
    const after = await readCounters(test.studio.db, projectId);
    expect(after["samples.pending"]).toBe(before["samples.pending"] - 1);
    expect(after.edits).toBe(before.edits - 1);
    expect((await listSamples(test.context, { limit: 10 })).items.map(({ id }) => id)).not.toContain(
      sampleId,
    );
    expect((await listEdits(test.context, { id: sample.runId, limit: 10 })).items).toHaveLength(1);
    await expect(
      decideSample(test.context, { id: sampleId!, version: sample.version, kind: "approve", reasons: [] }),
    ).rejects.toMatchObject({ code: "not-found" });
  });
});
