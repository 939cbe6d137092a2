import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { loadManifest } from "@/lib/packs/load-manifest";

/** A graph's inputs and what PyTorch computes from them, written by models/exporter/make_tiny_packs.py. */
interface ReferenceCase {
  readonly file: string;
  readonly label: string;
  readonly inputs: Readonly<Record<string, EncodedTensor>>;
  readonly outputs: Readonly<Record<string, EncodedTensor>>;
}

interface EncodedTensor {
  readonly type: "float32" | "int64";
  readonly dims: readonly number[];
  /** Little-endian values as base64. */
  readonly data: string;
}

const folder = fileURLToPath(new URL("../fixtures/packs/", import.meta.url));
const largestWeightFile = 16_000_000;
const sessions = new Map<string, Promise<ort.InferenceSession>>();

const packs = [
  { name: "tiny-sdxl", layout: "tiny-sdxl", tolerance: 1e-3 },
  { name: "tiny-sdxl-fp16", layout: "tiny-sdxl", tolerance: 2e-2 },
  { name: "tiny-sd15", layout: "tiny-sd15", tolerance: 1e-3 },
  { name: "tiny-sd15-fp16", layout: "tiny-sd15", tolerance: 2e-2 },
];

describe.each(packs)("the exported pack $name", ({ name, layout, tolerance }) => {
  it("has a valid manifest that lists its files with their hashes", async () => {
    const { manifest } = await loadManifest(`${folder}${name}`);
    expect(manifest.name).toBe(name);
    for (const [file, { sha256, bytes }] of Object.entries(manifest.files)) {
      const content = await readFile(`${folder}${name}/${file}`);
      expect(content.length, file).toBe(bytes);
      expect(bytes, file).toBeLessThan(largestWeightFile);
      expect(await sha256Of(content), file).toBe(sha256);
    }
  });

  it("equals PyTorch in every graph, plain and controlled", { timeout: 120_000 }, async () => {
    const cases = await referenceCases(layout);
    const graphs = (await readdir(`${folder}${name}`)).filter((file) => file.endsWith(".onnx"));
    expect([...new Set(cases.map(({ file }) => file))].sort()).toEqual(graphs.sort());
    for (const { file, label, inputs, outputs } of cases) {
      const computed = await runGraph(name, file, inputs);
      for (const [output, reference] of Object.entries(outputs)) {
        const difference = relativeDifference(computed[output], decode(reference));
        expect(difference, `${file}, ${label}, ${output}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it("is the plain UNet where nothing is controlled", async () => {
    const zero = (await referenceCases(layout)).find(({ label }) => label === "zero control")!;
    const control = ["source_row", "cross_map", "cross_alpha", "cross_scale", "self_gate"];
    const plainInputs = Object.entries(zero.inputs).filter(([input]) => !control.includes(input));
    const plain = await runGraph(name, "unet.onnx", Object.fromEntries(plainInputs));
    const controlled = await runGraph(name, zero.file, zero.inputs);
    expect(relativeDifference(controlled.out_sample, plain.out_sample!)).toBeLessThanOrEqual(1e-6);
  });

  it("reacts to control, so that equality with the reference means something", async () => {
    const { file, inputs } = (await referenceCases(layout)).find(({ label }) => label === "controlled")!;
    const full = await runGraph(name, file, inputs);
    for (const changed of ["source_row", "cross_map", "cross_alpha", "cross_scale", "self_gate"]) {
      const zeroed = { ...inputs, [changed]: zeros(inputs[changed]!) };
      const { out_sample } = await runGraph(name, file, zeroed);
      expect(relativeDifference(out_sample, full.out_sample!), changed).toBeGreaterThan(1e-2);
    }
  });
});

async function referenceCases(layout: string): Promise<ReferenceCase[]> {
  const packed = await readFile(`${folder}${layout}.reference.json.gz`);
  const { cases } = JSON.parse(gunzipSync(packed).toString("utf8")) as {
    cases: ReferenceCase[];
  };
  return cases;
}

async function runGraph(pack: string, file: string, inputs: ReferenceCase["inputs"]) {
  const session = await openSession(`${folder}${pack}/${file}`);
  const feeds = Object.entries(inputs).map(([name, tensor]) => [name, decode(tensor)] as const);
  const results: Readonly<Record<string, ort.Tensor>> = await session.run(Object.fromEntries(feeds));
  return results;
}

/** Sessions stay open: loading one takes longer than running it. */
function openSession(path: string): Promise<ort.InferenceSession> {
  const known = sessions.get(path) ?? ort.InferenceSession.create(path);
  sessions.set(path, known);
  return known;
}

function decode({ type, dims, data }: EncodedTensor): ort.Tensor {
  const bytes = Uint8Array.from(Buffer.from(data, "base64")).buffer;
  return type === "int64"
    ? new ort.Tensor("int64", new BigInt64Array(bytes), dims)
    : new ort.Tensor("float32", new Float32Array(bytes), dims);
}

function zeros(tensor: EncodedTensor): EncodedTensor {
  return { ...tensor, data: Buffer.alloc(Buffer.from(tensor.data, "base64").length).toString("base64") };
}

/** max|Δ| / max|reference|; infinite if the shapes differ. */
function relativeDifference(computed: ort.Tensor | undefined, reference: ort.Tensor): number {
  if (computed?.dims.join() !== reference.dims.join()) return Number.POSITIVE_INFINITY;
  const [a, b] = [computed.data as Float32Array, reference.data as Float32Array];
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = a.reduce((most, value, i) => {
    const delta = Math.abs(value - b[i]!);
    // NaN must not pass as "no difference".
    return delta <= most ? most : Number.isNaN(delta) ? Number.POSITIVE_INFINITY : delta;
  }, 0);
  return difference / largest;
}

async function sha256Of(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return Buffer.from(digest).toString("hex");
}
