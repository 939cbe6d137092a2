import type { GeneratorManifest } from "@/lib/packs/manifest";
import { type FloatTensor, type Model, outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { controlInputs } from "./attention/control-inputs";
import type { PairControl, StepControl } from "./attention/pair-control";
import type { TextConditioning } from "./text-conditioning";

/** One row of UNet work; `input` is scaled for the model, [C,h,w]. */
export interface UnetRow {
  readonly input: Float32Array;
  readonly timestep: number;
  readonly text: TextConditioning;
  /** Image size in pixels. */
  readonly size: readonly [height: number, width: number];
}

/** Source and target of a pair that needs control at this step. */
export interface UnetPair {
  readonly source: UnetRow;
  readonly target: UnetRow;
  readonly control: PairControl;
  readonly step: StepControl;
}

export interface UnetPairResult {
  readonly source: Float32Array;
  readonly target: Float32Array;
  /** The rows of `cross_maps`, [T,R,R], if the graph records them. */
  readonly maps?: {
    readonly height: number;
    readonly width: number;
    readonly source: Float32Array;
    readonly target: Float32Array;
  };
}

export interface UnetRunner {
  /** Runs rows that need no control. */
  plain(rows: readonly UnetRow[]): Promise<Float32Array[]>;
  controlled(pairs: readonly UnetPair[]): Promise<UnetPairResult[]>;
}

export interface UnetRunnerOptions {
  /** Most rows in one run. */
  readonly maxRows: number;
  /** Called before every run; lets other work of the thread in. */
  readonly beforeRun: () => Promise<void>;
}

/** The two graphs of a generator's UNet. All rows of a call have the same latent size. */
export function openUnet(
  pack: Pack,
  { unet, vae }: GeneratorManifest,
  options: UnetRunnerOptions,
): UnetRunner {
  const runChunks = async <T, R>(
    all: readonly T[],
    most: number,
    run: (part: readonly T[]) => Promise<R[]>,
  ) => {
    const results: R[] = [];
    for (let at = 0; at < all.length; at += most) {
      await options.beforeRun();
      results.push(...(await run(all.slice(at, at + most))));
    }
    return results;
  };
  const inputsOf = (rows: readonly UnetRow[]) => rowInputs(rows, vae.latentChannels, vae.factor);

  return {
    plain: (rows) =>
      runChunks(rows, options.maxRows, async (part) => {
        const model = await pack.model(unet.plain);
        return split(outputOf(model, await model.run(inputsOf(part)), "out_sample"));
      }),
    controlled: (pairs) =>
      runChunks(pairs, Math.max(1, Math.floor(options.maxRows / 2)), async (part) => {
        const model = await pack.model(unet.controlled);
        const rows = part.flatMap((pair) => [pair.source, pair.target]);
        const results = await model.run({ ...inputsOf(rows), ...controlInputs(part) });
        const out = split(outputOf(model, results, "out_sample"));
        const maps = mapsOf(model, results, unet.crossMapsResolution !== undefined);
        return part.map((_, p) => ({
          source: out[2 * p]!,
          target: out[2 * p + 1]!,
          ...(maps && {
            maps: {
              height: maps.height,
              width: maps.width,
              source: maps.rows[2 * p]!,
              target: maps.rows[2 * p + 1]!,
            },
          }),
        }));
      }),
  };
}

function rowInputs(rows: readonly UnetRow[], channels: number, factor: number): Record<string, FloatTensor> {
  const first = rows[0]!;
  const [height, width] = first.size;
  const tokens = first.text.tokens;
  const join = (parts: readonly Float32Array[], ...dims: number[]): FloatTensor => {
    const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return { data: joined, dims: [rows.length, ...dims] };
  };
  const pooled = first.text.pooled;
  return {
    sample: join(
      rows.map((row) => row.input),
      channels,
      height / factor,
      width / factor,
    ),
    timestep: { data: Float32Array.from(rows, (row) => row.timestep), dims: [rows.length] },
    encoder_hidden_states: join(
      rows.map((row) => row.text.hidden),
      tokens,
      first.text.hidden.length / tokens,
    ),
    // Original size, crop, target size: what SDXL was trained to see for an uncropped image (Podell et al. 2023, §2.2).
    ...(pooled && {
      text_embeds: join(
        rows.map((row) => row.text.pooled!),
        pooled.length,
      ),
      time_ids: join(
        rows.map(() => Float32Array.of(height, width, 0, 0, height, width)),
        6,
      ),
    }),
  };
}

function split({ data, dims }: FloatTensor): Float32Array[] {
  const size = data.length / dims[0]!;
  return Array.from({ length: dims[0]! }, (_, row) => data.slice(row * size, (row + 1) * size));
}

function mapsOf(model: Model, results: Record<string, FloatTensor>, present: boolean) {
  if (!present) return undefined;
  const maps = outputOf(model, results, "cross_maps");
  return { rows: split(maps), height: maps.dims[2]!, width: maps.dims[3]! };
}
