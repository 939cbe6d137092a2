import { UserError } from "@/lib/domain/errors";
import { packManifestSchema } from "@/lib/packs/manifest";
import type { FloatTensor, IntTensor } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { readFixture } from "../diffusion/tiny-tokenizer";

export type Inputs = Readonly<Record<string, FloatTensor | IntTensor>>;
export type FakeGraph = (inputs: Inputs) => Record<string, FloatTensor>;

export function tensor(values: ArrayLike<number>, ...dims: number[]): FloatTensor {
  return { data: Float32Array.from(values), dims };
}

const tokenizer = {
  kind: "clip-bpe",
  vocab: "vocab.json",
  merges: "merges.txt",
  maxLength: 12,
  bosToken: "<|startoftext|>",
  eosToken: "<|endoftext|>",
  padToken: "<|endoftext|>",
};
const preprocessing = (size: number, fit: string) => ({
  size: [size, size],
  fit,
  interpolation: "bilinear",
  mean: [0, 0, 0],
  std: [1, 1, 1],
});

/** A pack with every perception role over functions instead of graphs; roles in `without` are left out. */
export function fakePerceptionPack(
  graphs: Record<string, FakeGraph>,
  without: readonly string[] = [],
  more: Record<string, unknown> = {},
): Pack {
  const roles = {
    clip: {
      image: "clip.image",
      text: "clip.text",
      tokenizer,
      preprocessing: preprocessing(4, "stretch"),
      embeddingSize: 2,
    },
    selfSupervised: { file: "dino", preprocessing: preprocessing(4, "stretch"), embeddingSize: 2 },
    tagger: { file: "tagger", preprocessing: preprocessing(4, "stretch"), tags: "tags.json", threshold: 0.5 },
    detector: {
      kind: "owlv2",
      file: "detector",
      tokenizer,
      preprocessing: preprocessing(8, "pad"),
      boxThreshold: 0.3,
    },
    segmenter: {
      encoder: "segmenter.encoder",
      decoder: "segmenter.decoder",
      preprocessing: preprocessing(8, "pad"),
      maskSize: 4,
    },
  };
  const manifest = packManifestSchema.parse({
    formatVersion: 2,
    name: "fake",
    version: "1",
    title: "Fake",
    summary: "Arithmetic.",
    licence: "CC0-1.0",
    modelCard: "card.md",
    files: {},
    ...Object.fromEntries(Object.entries(roles).filter(([role]) => !without.includes(role))),
    ...more,
    thresholds: { freeForm: {}, region: {} },
  });
  return {
    directory: "",
    manifest,
    hash: "0",
    provider: "cpu",
    roles: [],
    role(name) {
      if (!manifest[name]) throw new UserError("unavailable", `The model pack fake has no ${name}.`, name);
      return manifest[name] as NonNullable<(typeof manifest)[typeof name]>;
    },
    model: async (file) => ({
      file,
      inputs: [],
      outputs: [],
      run: async (inputs) => graphs[file]!(inputs),
      milliseconds: 0,
      residentBytes: 0,
    }),
    text: async (file) =>
      file === "tags.json" ? JSON.stringify(["car", "house", "sea"]) : readFixture(file),
    loaded: () => [],
  };
}
