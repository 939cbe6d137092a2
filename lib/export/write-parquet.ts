import type { SplitName } from "./export-row";
import { type ParquetShards, parquetShards } from "./parquet-shards";
import type { PreparedPreference, PreparedRow } from "./prepare-row";
import type { DatasetConfig, ProfileResult, ProfileWriter, WriterOptions } from "./profile-writer";
import { PREFERENCE_COLUMNS, SAMPLE_COLUMNS, ULTRAEDIT_COLUMNS } from "./sample-columns";
import { SPLIT_NAMES } from "./split-of";

/** The default profile: `data/train-00000-of-0000N.parquet`, opened by `load_dataset(folder)` without flags. */
export function writeParquet({ root, limits }: WriterOptions): ProfileWriter {
  const splits = new Map<SplitName, ParquetShards<PreparedRow>>();
  return {
    async add(prepared) {
      const shards =
        splits.get(prepared.split) ?? parquetShards(root, "data", prepared.split, SAMPLE_COLUMNS, limits);
      splits.set(prepared.split, shards);
      shards.add(prepared);
    },
    finish: async () => finishSplits("default", "data", splits),
  };
}

export interface PreferenceWriter {
  add(prepared: PreparedPreference): void;
  finish(): ProfileResult;
}

/** The second configuration: `preference/train-00000-of-0000N.parquet`. */
export function writePreferences({ root, limits }: WriterOptions): PreferenceWriter {
  const splits = new Map<SplitName, ParquetShards<PreparedPreference>>();
  return {
    add(prepared) {
      const { split } = prepared;
      const shards =
        splits.get(split) ?? parquetShards(root, "preference", split, PREFERENCE_COLUMNS, limits);
      splits.set(split, shards);
      shards.add(prepared);
    },
    finish: () => finishSplits("preference", "preference", splits),
  };
}

function finishSplits<Row>(
  name: string,
  folder: string,
  splits: Map<SplitName, ParquetShards<Row>>,
): ProfileResult {
  const written = SPLIT_NAMES.filter((split) => splits.has(split));
  const dataFiles = written.map((split) => ({ split, paths: [`${folder}/${split}-*`] }));
  return {
    files: written.flatMap((split) => splits.get(split)?.finish() ?? []),
    configs: dataFiles.length > 0 ? [{ name, dataFiles }] : [],
  };
}

type UltraEditRow = PreparedRow & { index: number };

/**
 * The columns and splits of UltraEdit's release: FreeForm and RegionBase, and a second configuration, "train", in
 * which both are the split that trainers ask for. Held-out anchors keep splits of their own.
 */
export function writeUltraEdit({ root, limits }: WriterOptions): ProfileWriter {
  const splits = new Map<string, ParquetShards<UltraEditRow>>();
  let index = 0;
  return {
    async add(prepared) {
      const kind = prepared.mask ? "RegionBase" : "FreeForm";
      const split = prepared.split === "train" ? kind : `${kind}_${prepared.split}`;
      const shards = splits.get(split) ?? parquetShards(root, "data", split, ULTRAEDIT_COLUMNS, limits);
      splits.set(split, shards);
      shards.add({ ...prepared, index: index++ });
    },
    async finish() {
      const names = [...splits.keys()].sort();
      const paths = (split: string) => [`data/${split}-*`];
      const configs: DatasetConfig[] = [
        { name: "default", dataFiles: names.map((split) => ({ split, paths: paths(split) })) },
      ];
      const trainable = names.filter((name) => !name.includes("_"));
      if (trainable.length > 0)
        configs.push({ name: "train", dataFiles: [{ split: "train", paths: trainable.flatMap(paths) }] });
      return { files: names.flatMap((name) => splits.get(name)?.finish() ?? []), configs };
    },
  };
}
