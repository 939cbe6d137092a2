import type { GeneratorManifest } from "@/lib/packs/manifest";
import { type FloatTensor, outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { controlInputs, type TargetControl } from "./attention/control-inputs";
import type { TextConditioning } from "./text-conditioning";

/** One row of UNet work; `input` is scaled for the model, [C,h,w]. */
export interface UnetRow {
  readonly input: Float32Array;
  readonly timestep: number;
  readonly text: TextConditioning;
  /** Image size in pixels. */
  readonly size: readonly [height: number, width: number];
}

/** A source and those of its targets that are under control at this step; without any, the source runs alone. */
export interface UnetGroup {
  readonly source: UnetRow;
  readonly targets: readonly (TargetControl & { readonly row: UnetRow })[];
}

export interface UnetGroupResult {
  readonly source: ControlledRow;
  /** In the order of the group. */
  readonly targets: readonly ControlledRow[];
  /** How often the source's row was run: once in every run that had targets of the group. */
  readonly sourceRows: number;
}

export interface ControlledRow {
  readonly out: Float32Array;
  /** If the graph records them. */
  readonly maps?: CrossMaps;
}

/** A row of `cross_maps`, [T,height,width]. */
export interface CrossMaps {
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

export interface UnetRunner {
  /** Runs rows that need no control. */
  plain(rows: readonly UnetRow[]): Promise<Float32Array[]>;
  controlled(groups: readonly UnetGroup[]): Promise<UnetGroupResult[]>;
}

export interface UnetRunnerOptions {
  /** Most rows in one run; a run of the controlled graph takes two all the same. */
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
  const inputsOf = (rows: readonly UnetRow[]) => rowInputs(rows, vae.latentChannels, vae.factor);

  const runPlain = async (rows: readonly UnetRow[]) => {
    await options.beforeRun();
    const model = await pack.model(unet.plain);
    return split(outputOf(model, await model.run(inputsOf(rows)), "out_sample"));
  };
  const runControlled = async (groups: readonly UnetGroup[]) => {
    await options.beforeRun();
    const model = await pack.model(unet.controlled);
    const rows = groups.flatMap(rowsOf);
    const control = controlInputs(groups, rows[0]!.text.tokens);
    const results = await model.run({ ...inputsOf(rows), ...control });
    const maps = unet.crossMapsResolution && outputOf(model, results, "cross_maps");
    return controlledRows(outputOf(model, results, "out_sample"), maps || undefined);
  };

  return {
    async plain(rows) {
      const results: Float32Array[] = [];
      for (let at = 0; at < rows.length; at += options.maxRows)
        results.push(...(await runPlain(rows.slice(at, at + options.maxRows))));
      return results;
    },
    async controlled(groups) {
      const results = groups.map((): ControlledRow[][] => []);
      for (const parts of planRuns(groups, options.maxRows)) {
        const rows = await runControlled(parts.map(({ part }) => part));
        for (const { group, part } of parts) results[group]!.push(rows.splice(0, rowsOf(part).length));
      }
      return results.map((parts) => ({
        source: parts[0]![0]!,
        targets: parts.flatMap(([, ...targets]) => targets),
        sourceRows: parts.length,
      }));
    },
  };
}

const rowsOf = ({ source, targets }: UnetGroup): UnetRow[] => [source, ...targets.map(({ row }) => row)];

interface GroupPart {
  /** Index of the group. */
  readonly group: number;
  readonly part: UnetGroup;
}

/**
 * Shares groups out among runs of at most `maxRows` rows (two at least), in order. A target is always in one run with its
 * source: a group is split only where it is larger than a run, and then each part has the source's row.
 */
function planRuns(groups: readonly UnetGroup[], maxRows: number): GroupPart[][] {
  const runs: GroupPart[][] = [];
  let free = 0;
  const place = (group: number, part: UnetGroup) => {
    const rows = 1 + part.targets.length;
    if (rows > free) {
      runs.push([]);
      free = Math.max(2, maxRows);
    }
    runs.at(-1)!.push({ group, part });
    free -= rows;
  };
  const most = Math.max(1, maxRows - 1);
  for (const [group, { source, targets }] of groups.entries()) {
    place(group, { source, targets: targets.slice(0, most) });
    for (let at = most; at < targets.length; at += most)
      place(group, { source, targets: targets.slice(at, at + most) });
  }
  return runs;
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

function controlledRows(out: FloatTensor, maps: FloatTensor | undefined): ControlledRow[] {
  const recorded = maps && split(maps);
  return split(out).map((row, r) => ({
    out: row,
    ...(maps && { maps: { height: maps.dims[2]!, width: maps.dims[3]!, data: recorded![r]! } }),
  }));
}
