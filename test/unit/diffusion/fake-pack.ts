import { packManifestSchema } from "@/lib/packs/manifest";
import type { FloatTensor, IntTensor, Model } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { readFixture } from "./tiny-tokenizer";

type Inputs = Readonly<Record<string, FloatTensor | IntTensor>>;

/** One run of a graph: its name and its inputs. */
export interface RecordedRun {
  readonly file: string;
  readonly inputs: Inputs;
}

const size = 16;
const factor = 4;
const channels = 2;

/**
 * A generator of arithmetic instead of networks, to check what the pipeline feeds to its models and does with
 * their answers. VAE: latents are pixel values (first two channels, one per cell). UNet: predicts a tenth of its
 * input plus the mean of the caption's embedding, which is the mean token id. Controlled: the same, and every row gets the
 * mean of its `cross_alpha` times what its source row predicts.
 */
export function fakePack(): { pack: Pack; runs: RecordedRun[] } {
  const runs: RecordedRun[] = [];
  const graphs: Record<string, (inputs: Inputs) => Record<string, FloatTensor>> = {
    "text.onnx": ({ input_ids }) => {
      const ids = Array.from((input_ids as IntTensor).data, Number);
      return {
        hidden_states: tensor(
          Float32Array.from(ids, (id) => id / 1000),
          [1, ids.length, 1],
        ),
      };
    },
    "unet.onnx": (inputs) => ({ out_sample: predict(inputs) }),
    "unet.controlled.onnx": (inputs) => {
      const out = predict(inputs);
      const alpha = inputs.cross_alpha as FloatTensor;
      const sourceRow = (inputs.source_row as IntTensor).data;
      const [rows, tokens] = [alpha.dims[0]!, alpha.dims[1]!];
      const size = out.data.length / rows;
      const means = Array.from(
        { length: rows },
        (_, r) => alpha.data.slice(r * tokens, (r + 1) * tokens).reduce((a, b) => a + b, 0) / tokens,
      );
      const taken = out.data.map((_, i) => {
        const r = Math.floor(i / size);
        return means[r]! * out.data[Number(sourceRow[r]) * size + (i % size)]!;
      });
      return {
        out_sample: tensor(
          out.data.map((value, i) => value + taken[i]!),
          out.dims,
        ),
      };
    },
    "encoder.onnx": ({ pixels }) => {
      const { data } = pixels as FloatTensor;
      const side = size / factor;
      const mean = Float32Array.from({ length: channels * side * side }, (_, i) => {
        const [c, cell] = [Math.floor(i / (side * side)), i % (side * side)];
        return data[c * size * size + factor * (Math.floor(cell / side) * size + (cell % side))]!;
      });
      return { mean: tensor(mean, [1, channels, side, side]) };
    },
    "decoder.onnx": ({ latents }) => {
      const { data } = latents as FloatTensor;
      const side = size / factor;
      const pixels = Float32Array.from({ length: 3 * size * size }, (_, i) => {
        const [c, at] = [Math.floor(i / (size * size)), i % (size * size)];
        const cell = Math.floor(at / size / factor) * side + Math.floor((at % size) / factor);
        return data[Math.min(c, channels - 1) * side * side + cell]!;
      });
      return { pixels: tensor(pixels, [1, 3, size, size]) };
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
    generator: {
      tokenizers: [
        {
          kind: "clip-bpe",
          vocab: "vocab.json",
          merges: "merges.txt",
          maxLength: 16,
          bosToken: "<|startoftext|>",
          eosToken: "<|endoftext|>",
          padToken: "<|endoftext|>",
        },
      ],
      textEncoders: [{ file: "text.onnx", tokenizer: 0, hiddenSize: 1, pooled: false }],
      unet: {
        plain: "unet.onnx",
        controlled: "unet.controlled.onnx",
        conditioning: "none",
        crossAttentionSize: 1,
        selfGateMaxTokens: 16,
        attentionLayers: [],
      },
      vae: {
        encoder: "encoder.onnx",
        decoder: "decoder.onnx",
        factor,
        latentChannels: channels,
        scalingFactor: 1,
      },
      scheduler: {
        kind: "euler-ancestral",
        numTrainTimesteps: 1000,
        betaSchedule: "scaled_linear",
        betaStart: 0.00085,
        betaEnd: 0.012,
        predictionType: "epsilon",
        timestepSpacing: "trailing",
      },
      sizes: [[size, size]],
      defaults: { steps: [4], strength: 1, guidance: 1, controlThreshold: [0.1, 0.9] },
    },
    thresholds: { freeForm: {}, region: {} },
  });

  const pack: Pack = {
    directory: "",
    manifest,
    hash: "0",
    provider: "cpu",
    roles: ["generator"],
    role: (name) => manifest[name] as NonNullable<(typeof manifest)[typeof name]>,
    async model(file): Promise<Model> {
      const run = async (inputs: Inputs) => {
        runs.push({ file, inputs });
        return graphs[file]!(inputs);
      };
      return { file, inputs: [], outputs: [], run, milliseconds: 0, residentBytes: 0 };
    },
    text: async (file) => readFixture(file),
    loaded: () => [],
  };
  return { pack, runs };
}

function predict(inputs: Inputs): FloatTensor {
  const sample = inputs.sample as FloatTensor;
  const text = inputs.encoder_hidden_states as FloatTensor;
  const rows = sample.dims[0]!;
  const perRow = sample.data.length / rows;
  const perText = text.data.length / rows;
  const out = sample.data.map((value, i) => {
    const row = Math.floor(i / perRow);
    const words = text.data.slice(row * perText, (row + 1) * perText);
    return 0.1 * value + words.reduce((a, b) => a + b, 0) / perText;
  });
  return tensor(out, sample.dims);
}

function tensor(data: Float32Array, dims: readonly number[]): FloatTensor {
  return { data, dims };
}
