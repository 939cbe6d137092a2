import { appendFile, cp, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyPack } from "@/lib/inference/verify-pack";

const tinyPack = fileURLToPath(new URL("../fixtures/packs/tiny-sdxl", import.meta.url));

describe("verifying a pack", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "pack-"));
    await cp(tinyPack, directory, { recursive: true });
  });
  afterEach(() => rm(directory, { recursive: true }));

  const errors = async () => {
    const { ok, checks } = await verifyPack(directory);
    const found = checks.filter(({ level }) => level === "error");
    expect(ok).toBe(found.length === 0);
    return found.map(({ subject, message }) => `${subject} ${message}`);
  };

  it("runs every role on a smoke image and says what the pack cannot do", async () => {
    const { ok, checks, pack } = await verifyPack(directory);
    expect(checks.filter(({ level }) => level === "error")).toEqual([]);
    expect(ok).toBe(true);
    expect(pack?.name).toBe("tiny-sdxl");
    const said = (subject: string) =>
      checks.filter((check) => check.subject === subject).map(({ message }) => message);
    expect(said("generator").join()).toMatch(/made a pair in \d+ steps/);
    expect(said("segmenter").join()).toMatch(/mask/);
    expect(said("tagger").join()).toMatch(/not in this pack/);
  });

  it("names files that are cut short, changed, missing or unknown", async () => {
    await truncate(join(directory, "unet.weights.0"), 1000);
    await appendFile(join(directory, "vae.weights.0"), "x");
    await rm(join(directory, "dino.onnx"));
    const card = await readFile(join(directory, "MODEL_CARD.md"));
    card[0]! ^= 1;
    await writeFile(join(directory, "MODEL_CARD.md"), card);
    await writeFile(join(directory, "notes.txt"), "mine");
    const found = await errors();
    expect(found).toHaveLength(4);
    expect(found.join("\n")).toMatch(/unet\.weights\.0 is cut short: 1000 of \d+ bytes/);
    expect(found.join("\n")).toMatch(/vae\.weights\.0 is too long/);
    expect(found.join("\n")).toMatch(/dino\.onnx is missing/);
    expect(found.join("\n")).toMatch(/MODEL_CARD\.md has changed/);
    const { checks } = await verifyPack(directory);
    expect(checks).toContainEqual(expect.objectContaining({ subject: "notes.txt", level: "warning" }));
  });

  it("names a graph whose inputs or outputs are not what the manifest says", async () => {
    const file = join(directory, "pack.json");
    const manifest = JSON.parse(await readFile(file, "utf8"));
    // The plain graph in the place of the controlled one.
    manifest.generator.unet.controlled = manifest.generator.unet.plain;
    await writeFile(file, JSON.stringify(manifest));
    expect((await errors()).join("\n")).toMatch(
      /has no input "source_row".*has no input "cross_map".*has no output "cross_maps"/,
    );
  });

  it("says that a manifest is wrong without going further", async () => {
    await writeFile(join(directory, "pack.json"), "{}");
    const { ok, checks, pack } = await verifyPack(directory);
    expect(ok).toBe(false);
    expect(pack).toBeUndefined();
    expect(checks).toHaveLength(1);
    expect(checks[0]!.message).toMatch(/pack\.json: formatVersion/);
  });
});
