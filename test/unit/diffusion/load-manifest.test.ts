import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadManifest } from "@/lib/packs/load-manifest";
import { openPack } from "@/lib/packs/open-pack";
import { fakePack } from "./fake-pack";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "pack-"));
});
afterAll(() => rm(directory, { recursive: true }));

const entry = { sha256: "0".repeat(64), bytes: 1 };
const files = [
  "card.md",
  "vocab.json",
  "merges.txt",
  "text.onnx",
  "unet.onnx",
  "unet.controlled.onnx",
  "encoder.onnx",
  "decoder.onnx",
];
const good = () => {
  const manifest = structuredClone(fakePack().pack.manifest) as Record<string, unknown>;
  return { ...manifest, files: Object.fromEntries(files.map((file) => [file, entry])) };
};
const write = (content: unknown) =>
  writeFile(join(directory, "pack.json"), typeof content === "string" ? content : JSON.stringify(content));

describe("reading a manifest", () => {
  it("gives the manifest and a hash that names its content", async () => {
    await write(good());
    const first = await loadManifest(directory);
    expect(first.manifest.name).toBe("fake");
    await write({ ...good(), version: "2" });
    expect((await loadManifest(directory)).hash).not.toBe(first.hash);
  });

  it.each([
    ["{", /pack\.json is not valid JSON/],
    [{ ...good(), version: 3 }, /pack\.json: version: /],
    [
      { ...good(), files: { "card.md": entry } },
      /generator\..* names "vocab\.json", which is not listed under files/,
    ],
    [{ ...good(), modelCard: "../secret" }, /modelCard: must be a path inside the pack folder/],
  ])("names the file and the field that is wrong (%#)", async (content, message) => {
    await write(content);
    await expect(loadManifest(directory)).rejects.toThrow(message);
  });

  it("says what to do with a pack of an older format", async () => {
    await write({ ...good(), formatVersion: 1 });
    await expect(loadManifest(directory)).rejects.toThrow(/formatVersion: must be 2; export packs .* again/);
  });

  it("names fields that contradict each other", async () => {
    const manifest = good() as unknown as { generator: { unet: { crossAttentionSize: number } } };
    manifest.generator.unet.crossAttentionSize = 7;
    await write(manifest);
    await expect(loadManifest(directory)).rejects.toThrow(
      /crossAttentionSize is 7, but the text encoders give 1/,
    );
  });

  it("says that a folder is not there or not a pack", async () => {
    await expect(loadManifest(join(directory, "none"))).rejects.toThrow(/no model pack folder/);
    await rm(join(directory, "pack.json"));
    await expect(loadManifest(directory)).rejects.toThrow(/is not a model pack/);
  });
});

describe("opening a pack", () => {
  it("refuses a role that the pack does not fill", async () => {
    await write(good());
    await expect(openPack(directory, { roles: ["clip"] })).rejects.toThrow(
      "The model pack fake has no clip.",
    );
    const pack = await openPack(directory);
    expect(pack.roles).toEqual(["generator"]);
    expect(() => pack.role("segmenter")).toThrow(/has no segmenter/);
  });

  it("says which graph does not load, at every try", async () => {
    await write(good());
    const pack = await openPack(directory);
    // As long as the manifest says, but no graph.
    await writeFile(join(directory, "unet.onnx"), "x");
    await expect(pack.model("unet.onnx")).rejects.toThrow(/unet\.onnx does not load/);
    await expect(pack.model("unet.onnx")).rejects.toThrow(/unet\.onnx does not load/);
    expect(pack.loaded()).toEqual([]);
  });
});
