import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { exportDataset } from "@/lib/export/export-dataset";
import type { ExportOptions } from "@/lib/export/export-types";
import { splitOf } from "@/lib/export/split-of";
import { validateExport } from "@/lib/export/validate-export";
import { CARD, gradient, preferenceRows, sampleRow, sampleRows } from "./sample-rows";

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pentimento-export-"));
  out = join(folder, "out");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (count: number, options: Partial<ExportOptions> = {}) =>
  exportDataset(sampleRows(count), { outDir: out, profile: "parquet", card: CARD, ...options });

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe("the Parquet profile", () => {
  it("is read by DuckDB with the right types and values", async () => {
    const summary = await run(20);
    expect(summary.files.map(({ path }) => path)).toEqual(["data/train-00000-of-00001.parquet"]);
    expect(summary).toMatchObject({
      rows: 20,
      rowsBySplit: { train: 20 },
      rowsByEditType: { add: 5, turn: 5 },
    });
    const file = `'${join(out, "data/train-*.parquet")}'`;
    const types = Object.fromEntries(
      (await query(`describe select * from read_parquet(${file})`)).map((row) => [
        row.column_name,
        row.column_type,
      ]),
    );
    expect(types).toMatchObject({
      input_image: "STRUCT(bytes BLOB, path VARCHAR)",
      edited_image: "STRUCT(bytes BLOB, path VARCHAR)",
      mask_image: "STRUCT(bytes BLOB, path VARCHAR)",
      edit_prompt: "VARCHAR",
      clip_sim_source: "DOUBLE",
      dino_sim: "DOUBLE",
      outside_change: "DOUBLE",
      seed: "BIGINT",
      steps: "INTEGER",
      turn_index: "INTEGER",
      recipe: "VARCHAR",
    });
    expect(Object.keys(types).slice(0, 4)).toEqual([
      "input_image",
      "edit_prompt",
      "edited_image",
      "mask_image",
    ]);
    const rows = await query(
      `select id, edit_prompt, seed, dino_sim, guidance, edit_object, license, mask_image is null as free,
       input_image.path as path, octet_length(input_image.bytes) as size from read_parquet(${file})`,
    );
    expect(rows).toHaveLength(20);
    expect(rows[1]).toMatchObject({
      id: "sample-1",
      edit_prompt: 'Füge ein "rotes" Boot hinzu, 犬 | <b>',
      seed: String(2 ** 40 + 1),
      dino_sim: 0.75,
      guidance: null,
      edit_object: null,
      license: null,
      free: true,
      path: "sample-1_input.png",
    });
    expect(rows[4]).toMatchObject({ dino_sim: null, free: true, license: "CC BY 4.0" });
    expect(rows[3]).toMatchObject({ free: false });
  });

  it("keeps every pixel, and no metadata", async () => {
    await run(3);
    const file = `'${join(out, "data/train-00000-of-00001.parquet")}'`;
    const [row] = await query(
      `select base64(input_image.bytes) as image from read_parquet(${file}) where id='sample-2'`,
    );
    const image = Buffer.from(String(row!.image), "base64");
    expect(image.includes("secret")).toBe(false);
    const metadata = await sharp(image).metadata();
    expect([metadata.format, metadata.exif, metadata.icc]).toEqual(["png", undefined, undefined]);
    const original = await sharp(await gradient(2, 64, "webp"))
      .raw()
      .toBuffer();
    expect(await sharp(image).raw().toBuffer()).toEqual(original);
  });

  it("has the schema order and the footer that `datasets` needs", async () => {
    await run(2);
    const file = await asyncBufferFromFile(join(out, "data/train-00000-of-00001.parquet"));
    const metadata = await parquetMetadataAsync(file);
    expect(metadata.schema.slice(1, 5).map(({ name }) => name)).toEqual([
      "input_image",
      "bytes",
      "path",
      "edit_prompt",
    ]);
    expect(metadata.schema[4]).toMatchObject({ converted_type: "UTF8" });
    const footer = metadata.key_value_metadata!.find(({ key }) => key === "huggingface")!;
    const { features } = JSON.parse(footer.value!).info;
    expect(features.input_image).toEqual({ _type: "Image" });
    expect(features.edit_prompt).toEqual({ dtype: "string", _type: "Value" });
    expect(features.turn_index).toEqual({ dtype: "int32", _type: "Value" });
    const columns = metadata.schema.slice(1).filter(({ name }) => name !== "bytes" && name !== "path");
    expect(Object.keys(features)).toEqual(columns.map(({ name }) => name));
  });

  it("cuts row groups and shards by size and counts the shards in their names", async () => {
    const summary = await run(30, { maxRowGroupBytes: 20_000, maxShardBytes: 60_000 });
    const shards = summary.files.map(({ path }) => path);
    expect(shards.length).toBeGreaterThan(2);
    expect(shards.at(-1)).toMatch(new RegExp(`-of-${String(shards.length).padStart(5, "0")}\\.parquet$`));
    expect(summary.files.reduce((total, { rows }) => total + rows, 0)).toBe(30);
    for (const { bytes } of summary.files) expect(bytes).toBeLessThan(90_000);
    const ids = await query(
      `select id from read_parquet('${join(out, "data/*.parquet")}', file_row_number = true)
       order by filename, file_row_number`,
    );
    expect(ids.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, at) => `sample-${at}`));
    expect(await validateExport(out)).toMatchObject({ problems: [], rows: 30, images: 70 });
  });

  it("splits by anchor, obeys a frozen split, and writes JPEG if asked", async () => {
    const splits = { train: 0.5, validation: 0.25, test: 0.25 };
    const summary = await run(40, { splits, images: { format: "jpeg", quality: 90 } });
    expect(Object.keys(summary.rowsBySplit).sort()).toEqual(["test", "train", "validation"]);
    const rows = await query(
      `select anchor_sha256 as anchor, count(distinct filename) as files, any_value(input_image.path) as path
       from read_parquet('${join(out, "data/*.parquet")}') group by 1`,
    );
    expect(rows).toHaveLength(20);
    for (const row of rows) {
      expect(Number(row.files)).toBe(1);
      expect(row.path).toMatch(/\.jpg$/);
    }
    const frozen = { outDir: join(folder, "frozen"), profile: "parquet", card: CARD } as const;
    expect((await exportDataset(sampleRows(4, { split: "test" }), frozen)).rowsBySplit).toEqual({ test: 4 });
  });

  it("writes preference pairs as a second configuration", async () => {
    const summary = await run(3, { preferences: preferenceRows(4) });
    expect(summary.preferences).toBe(4);
    const rows = await query(`select * from read_parquet('${join(out, "preference/train-*.parquet")}')`);
    expect(Object.keys(rows[0]!).slice(0, 4)).toEqual(["source_image", "instruction", "chosen", "rejected"]);
    const front = parse((await readFile(join(out, "README.md"), "utf8")).split("---")[1]!);
    expect(front.configs).toEqual([
      { config_name: "default", default: true, data_files: [{ split: "train", path: "data/train-*" }] },
      { config_name: "preference", data_files: [{ split: "train", path: "preference/train-*" }] },
    ]);
    expect(await validateExport(out)).toMatchObject({ problems: [], rows: 3 });
  });
});

describe("the other profiles", () => {
  it.each(["imagefolder", "webdataset", "ultraedit", "instructpix2pix"] as const)(
    "%s is whole",
    async (profile) => {
      const summary = await run(7, { profile, splits: { train: 0.6, test: 0.4 } });
      expect(summary.rows).toBe(7);
      const images = { imagefolder: 21, webdataset: 21, ultraedit: 17, instructpix2pix: 14 }[profile];
      expect(await validateExport(out)).toEqual({
        problems: [],
        profile,
        rows: 7,
        images,
        files: summary.files.length,
      });
    },
  );

  it("imagefolder names images by *_file_name", async () => {
    await run(4, { profile: "imagefolder" });
    const lines = (await readFile(join(out, "train/metadata.jsonl"), "utf8")).trim().split("\n");
    const rows = lines.map((line) => JSON.parse(line));
    expect(rows[0]).toMatchObject({
      input_image_file_name: "images/00000/sample-0_input.png",
      mask_image_file_name: "images/00000/sample-0_mask.png",
      scores: '{"clip_sim_source":0.25,"clip_sim_dir":0.125,"ssim":0.5}',
    });
    expect(rows[1]).toMatchObject({
      mask_image_file_name: "images/white_64x64.png",
      license: "",
      mask_kind: "none",
    });
    // Types that readers infer must not depend on the rows they happen to see.
    const shape = (row: object) => Object.entries(row).map(([key, value]) => `${key}: ${typeof value}`);
    for (const row of rows) expect(shape(row)).toEqual(shape(rows[0]));
  });

  it("webdataset is a tar that the system's own tar reads", async () => {
    await run(3, { profile: "webdataset" });
    const { execFileSync } = await import("node:child_process");
    const listed = execFileSync("tar", ["tf", join(out, "train/000000.tar")])
      .toString()
      .trim()
      .split("\n");
    expect(listed).toHaveLength(15);
    expect(listed.slice(0, 5)).toEqual([
      "000000000.input_image.png",
      "000000000.edited_image.png",
      "000000000.mask_image.png",
      "000000000.edit_prompt.txt",
      "000000000.json",
    ]);
    const prompt = execFileSync("tar", ["xOf", join(out, "train/000000.tar"), "000000001.edit_prompt.txt"]);
    expect(prompt.toString()).toBe('Füge ein "rotes" Boot hinzu, 犬 | <b>');
  });

  it("ultraedit has the release's columns in its order and both splits", async () => {
    await run(6, { profile: "ultraedit" });
    expect((await readdir(join(out, "data"))).sort()).toEqual([
      "FreeForm-00000-of-00001.parquet",
      "RegionBase-00000-of-00001.parquet",
    ]);
    const columns = await query(`describe select * from read_parquet('${join(out, "data/*.parquet")}')`);
    expect(columns.slice(0, 14).map(({ column_name }) => column_name)).toEqual(
      (
        "clip_sim_source clip_sim_target clip_sim_dir clip_sim_image dinov2_sim ssim source_caption target_caption " +
        "idx edit_prompt edit_object source_image edited_image mask_image"
      ).split(" "),
    );
  });
});

describe("the dataset card", () => {
  it("says what is in the files and who made it", async () => {
    await run(8);
    const card = await readFile(join(out, "README.md"), "utf8");
    const front = parse(card.split("---")[1]!);
    expect(front).toMatchObject({ license: "other", size_categories: ["n<1K"], pretty_name: CARD.name });
    for (const words of [
      "Storybook UNet",
      "| Anchors | 1,234 |",
      "| Structure kept (`ssim`) | 0.1 |  |",
      "| unknown | 4 |",
    ])
      expect(card).toContain(words);
    for (const words of [
      "It cannot draw hands.",
      "seed recombination",
      "zhao2024ultraedit",
      "| Add | 2 | 25.0 % |",
    ])
      expect(card).toContain(words);
  });

  it("names the licence where there is one", async () => {
    await exportDataset(sampleRows(2, { licence: "CC BY 4.0" }), {
      outDir: out,
      profile: "parquet",
      card: CARD,
    });
    expect(await readFile(join(out, "README.md"), "utf8")).toContain("license: cc-by-4.0");
  });
});

describe("what goes wrong", () => {
  it("refuses a folder with something in it, a file, bad shares and an empty selection", async () => {
    await run(1);
    await expect(run(1)).rejects.toThrow("is not empty");
    await writeFile(join(folder, "file"), "x");
    await expect(run(1, { outDir: join(folder, "file") })).rejects.toThrow("is a file");
    const elsewhere = { outDir: join(folder, "other") };
    await expect(run(1, { ...elsewhere, splits: { train: 0.5 } })).rejects.toThrow("must sum to 1");
    await expect(run(0, elsewhere)).rejects.toThrow("nothing to export");
    expect(await readdir(elsewhere.outDir)).toEqual([]);
  });

  it("leaves nothing behind when an image is broken or the export is stopped, and takes over from a killed one", async () => {
    async function* broken() {
      yield await sampleRow(0);
      yield await sampleRow(1, { editedImage: Buffer.from("not an image") });
    }
    const options = { outDir: out, profile: "parquet", card: CARD } as const;
    await expect(exportDataset(broken(), options)).rejects.toThrow(
      "edited image of sample sample-1 cannot be read",
    );
    expect(await readdir(out)).toEqual([]);
    const stop = new AbortController();
    const stopping = run(50, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopping).rejects.toThrow(/abort/i);
    expect(await readdir(out)).toEqual([]);
    const { mkdir } = await import("node:fs/promises");
    await mkdir(join(out, ".partial"), { recursive: true });
    await mkdir(join(out, "data"));
    await writeFile(join(out, "data", "old-00000-of-00001.parquet"), "moved out before the kill");
    await run(2);
    expect((await readdir(out)).sort()).toEqual(["README.md", "data", "export.json"]);
    expect(await readdir(join(out, "data"))).toEqual(["train-00000-of-00001.parquet"]);
    await mkdir(join(out, ".partial"));
    await writeFile(join(out, "thesis.txt"), "not ours");
    await expect(run(2)).rejects.toThrow("is not empty");
    expect(await readdir(out)).toContain("thesis.txt");
  });

  it("is found by the validator: cut files, changed bytes, a missing card, missing images", async () => {
    const summary = await run(4);
    const shard = join(out, summary.files[0]!.path);
    const whole = await readFile(shard);
    await truncate(shard, 1000);
    expect((await validateExport(out)).problems[0]).toContain("has 1000 bytes");
    const changed = Buffer.from(whole);
    changed[whole.length >> 1]! ^= 1;
    await writeFile(shard, changed);
    expect((await validateExport(out)).problems[0]).toContain("SHA-256 differs");
    await writeFile(shard, whole);
    await rm(join(out, "README.md"));
    expect((await validateExport(out)).problems).toEqual([
      "README.md: is missing; the export was not finished.",
    ]);
    await rm(join(out, "export.json"));
    expect((await validateExport(out)).problems[0]).toContain("was not finished");

    const images = join(folder, "images");
    await run(2, { profile: "imagefolder", outDir: images });
    await rm(join(images, "train/images/00000/sample-1_input.png"));
    expect((await validateExport(images)).problems[0]).toContain("sample-1_input.png is missing");
  });
});

describe("splits", () => {
  it("are stable, follow their shares and depend on nothing else", () => {
    const shares = { train: 0.8, validation: 0.1, test: 0.1 };
    const counts = { train: 0, validation: 0, test: 0 };
    for (let at = 0; at < 20_000; at++) counts[splitOf(`anchor ${at}`, shares)]++;
    expect(counts.train / 20_000).toBeCloseTo(0.8, 1);
    expect(counts.test / 20_000).toBeCloseTo(0.1, 1);
    expect(splitOf("anchor 1", shares)).toBe(splitOf("anchor 1", shares));
    expect(splitOf("anything", { train: 1 })).toBe("train");
  });
});
