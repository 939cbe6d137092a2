import type { ExportFile, ImageEncoding } from "./export-types";
import type { ShardLimits } from "./parquet-shards";
import type { PreparedRow } from "./prepare-row";

/** One way to lay samples out on disk. Rows come one by one, in the order of the release. */
export interface ProfileWriter {
  add(prepared: PreparedRow): Promise<void>;
  finish(): Promise<ProfileResult>;
}

export type ProfileResult = {
  files: ExportFile[];
  /** Configurations of the dataset card: what `load_dataset(folder, name)` finds. */
  configs: DatasetConfig[];
};

export type DatasetConfig = { name: string; dataFiles: { split: string; paths: string[] }[] };

export type WriterOptions = { root: string; limits: ShardLimits; images: ImageEncoding };
