import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportCoco } from "@/lib/server/masks/export-coco";
import { exportFiles } from "@/lib/server/masks/export-files";
import { exportNotes } from "@/lib/server/masks/export-notes";
import { exportZip } from "@/lib/server/masks/export-pngs";
import { getRegion } from "@/lib/server/masks/get-region";
import { importMaskFolder, importMaskUpload } from "@/lib/server/masks/import-folder";
import { addSamples } from "@/test/support/sample-rows";
import { createTestStudio, type TestStudio } from "@/test/support/test-studio";

let test: TestStudio;
let folder: string;

beforeAll(async () => {
  test = await createTestStudio();
  await addSamples(test.context, 9);
  folder = await mkdtemp(join(tmpdir(), "pentimento-masks-"));
});
afterAll(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

const square = (from: number, to: number, level = 255) => {
  const data = Buffer.alloc(32 * 32);
  for (let y = from; y < to; y++) data.fill(level, y * 32 + from, y * 32 + to);
  return data;
};
const png = (data: Buffer, size = 32) =>
  sharp(data, { raw: { width: size, height: size, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
const upload = (file: string, bytes: Buffer, soft = false) =>
  importMaskUpload(test.context, {
    file,
    soft,
    body: new Blob([new Uint8Array(bytes)]).stream() as ReadableStream<Uint8Array>,
  });
const pixelsOf = async (regionId: string) => {
  const { mask } = await getRegion(test.context, regionId);
  return sharp(await test.studio.store.read(mask!.png.sha256))
    .toColourspace("b-w")
    .raw()
    .toBuffer();
};

describe("importing masks by file name", () => {
  it("takes in what fits and lists what does not, file by file", async () => {
    await mkdir(join(folder, "deep"));
    const rgb = await sharp(square(3, 9), { raw: { width: 32, height: 32, channels: 1 } })
      .toColourspace("srgb")
      .png()
      .toBuffer();
    const files: Record<string, Buffer> = {
      "car-0.png": await png(square(2, 10)),
      "deep/car-1_mask.png": rgb,
      "car-2.png": await png(square(2, 10, 1)),
      "car-3.png": await png(Buffer.alloc(64 * 64), 64),
      "car-4.png": await png(square(2, 10, 100)),
      "lorry.png": await png(square(2, 10)),
      "car-5.png": Buffer.from("not a picture"),
      "notes.json": Buffer.from("{}"),
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
    const { imported, refused } = await importMaskFolder(test.context, { path: folder, soft: false });
    expect(imported.map(({ file }) => file).sort()).toEqual([
      "car-0.png",
      "car-2.png",
      "deep/car-1_mask.png",
    ]);
    const reasons = Object.fromEntries(refused.map(({ file, reason }) => [file, reason]));
    expect(reasons["car-3.png"]).toContain("64×64 pixels, but its image is 32×32");
    expect(reasons["car-4.png"]).toContain("is not black and white");
    expect(reasons["lorry.png"]).toContain("No anchor of this project is called lorry");
    expect(reasons["car-5.png"]).toContain("is not a PNG");
    expect(reasons["notes.json"]).toContain("is no COCO file");
    expect(refused).toHaveLength(5);
    for (const { file, regionId } of imported) {
      const expected = file.includes("car-1") ? square(3, 9) : square(2, 10);
      expect(await pixelsOf(regionId)).toEqual(expected);
    }
    // What was refused left no trace.
    expect(await test.studio.db.region.count()).toBe(3);
  });

  it("keeps an earlier mask in the history, and grey levels when asked to", async () => {
    const { imported } = await upload("car-0.png", await png(square(2, 10, 100)), true);
    expect(imported[0]).toMatchObject({ note: "revision 1 stays in the history" });
    const { mask } = await getRegion(test.context, imported[0]!.regionId);
    expect(mask).toMatchObject({ revision: 2, note: "imported from car-0.png" });
  });

  it("says when a name fits several anchors", async () => {
    const [first] = await test.studio.db.anchor.findMany({ where: { fileName: "car-8.png" } });
    const { id: _, ...rest } = first!;
    await test.studio.db.anchor.create({
      data: { ...rest, fileName: "night/car-8.png", originalSha: "f".repeat(64) },
    });
    expect((await upload("car-8.png", await png(square(1, 4)))).refused[0]!.reason).toContain(
      "2 anchors are called car-8",
    );
    expect((await upload("night/car-8.png", await png(square(1, 4)))).imported).toHaveLength(1);
  });
});

describe("PNG files", () => {
  it("leave as a ZIP archive with the names that an import knows, and come back the same", async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of exportZip(test.context, {})) pieces.push(piece);
    const archive = Buffer.concat(pieces);
    const files: { name: string; pngSha: string }[] = [];
    for await (const file of exportFiles(test.context, {})) files.push(file);
    expect(files.map(({ name }) => name)).toContain("night/car-8.png");
    for (const { name, pngSha } of files) {
      const bytes = await test.studio.store.read(pngSha);
      expect(archive.includes(bytes)).toBe(true);
      const { imported } = await upload(name, bytes, true);
      const region = await getRegion(test.context, imported[0]!.regionId);
      expect(region.mask!.png.sha256).toBe(pngSha);
    }
  });
});

describe("COCO files", () => {
  it("come back exactly as run lengths, and within IoU 0.99 as polygons", async () => {
    expect(await exportNotes(test.context, { format: "coco" })).toMatchObject({ masks: 4, soft: 1 });
    expect((await exportNotes(test.context, { format: "coco" })).notes[0]).toContain("1 of 4 masks is soft");
    expect((await exportNotes(test.context, { format: "png" })).notes).toEqual([]);
    for (const format of ["coco", "coco-compressed", "polygon"] as const) {
      let text = "";
      for await (const piece of exportCoco(test.context, { format })) text += piece;
      const file = JSON.parse(text);
      expect(file.annotations).toHaveLength(4);
      expect(file.images).toHaveLength(4);
      // The soft mask's levels of 100 do not reach the middle: nothing of it is left, and no polygon.
      file.annotations = file.annotations.filter((one: { area: number }) => one.area > 0);
      file.images = file.images.filter((one: { file_name: string }) => !one.file_name.includes("car-8"));
      const report = await upload(`${format}.json`, Buffer.from(JSON.stringify(file)));
      expect(report.imported.length).toBeGreaterThanOrEqual(2);
      for (const { file: name, regionId } of report.imported) {
        expect(await pixelsOf(regionId)).toEqual(name.includes("car-1") ? square(3, 9) : square(2, 10));
      }
    }
  });

  it("refuse polygons outside of the image, wrong sizes and unknown images, and go on", async () => {
    const images = [4, 5, 6, 7].map((i) => ({ id: i, file_name: `car-${i}.png` }));
    const annotations = [
      { image_id: 4, segmentation: [[1, 1, 40, 1, 40, 9]] },
      { image_id: 5, segmentation: { size: [16, 16], counts: [256] } },
      {
        image_id: 6,
        segmentation: [
          [1, 1, 5, 1, 5, 5, 1, 5],
          [8, 8, 9, 8, 9, 9, 8, 9],
        ],
      },
      { image_id: 7, segmentation: { size: [32, 32], counts: [5, 5] } },
      { image_id: 99, segmentation: [[1, 1, 2, 2, 3, 1]] },
    ];
    const { imported, refused } = await upload(
      "many.json",
      Buffer.from(JSON.stringify({ images, annotations })),
    );
    expect(imported.map(({ file }) => file)).toEqual(["many.json: car-6.png"]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("(40, 1) lies outside of the image"),
      expect.stringContaining("16×16 pixels, its image 32×32"),
      expect.stringContaining("add up to 10 pixels"),
      expect.stringContaining("lists no image with the id 99"),
    ]);
    const { mask } = await getRegion(test.context, imported[0]!.regionId);
    expect(mask!.note).toBe("imported from many.json");
  });
});
