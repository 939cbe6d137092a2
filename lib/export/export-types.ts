import type { ExportRow, PreferenceRow, SplitName } from "./export-row";

export const EXPORT_PROFILES = [
  "parquet",
  "imagefolder",
  "webdataset",
  "ultraedit",
  "instructpix2pix",
] as const;
export type ExportProfile = (typeof EXPORT_PROFILES)[number];

/** PNG keeps every pixel; JPEG is 4:4:4 at `quality` 1..100. Masks are always PNG. */
export type ImageEncoding = { format: "png" } | { format: "jpeg"; quality: number };

/** Shares of anchors, summing to 1; a split with no share is not written. */
export type SplitShares = Partial<Record<SplitName, number>>;

export type ExportOptions = {
  /** Made if missing; must be empty. */
  outDir: string;
  profile: ExportProfile;
  /** Default: everything is train. */
  splits?: SplitShares;
  images?: ImageEncoding;
  card: CardFacts;
  /** Rejected candidates beside chosen ones, a second configuration of the parquet profile. */
  preferences?: AsyncIterable<PreferenceRow>;
  /** Upper bounds, bytes. Defaults: 32 MiB a row group, 500 MB a shard. */
  maxRowGroupBytes?: number;
  maxShardBytes?: number;
  onProgress?(progress: { rows: number; bytes: number }): void;
  signal?: AbortSignal;
};

/** What the card says and only the caller knows. Counts of rows, types and licences are counted while writing. */
export type CardFacts = {
  name: string;
  description?: string;
  /** ISO date of the export. */
  date: string;
  /** Version of the software that wrote it. */
  softwareVersion: string;
  /** Who made what: one line per part ("pixels", "instructions", "scores", "masks", "review"). */
  makers: { part: string; maker: string; note?: string }[];
  /** From anchors to approved samples, in order. */
  funnel: { stage: string; count: number }[];
  /** Selection policy in force: by score name. */
  thresholds: { score: string; min?: number; max?: number }[];
  policyVersion?: string;
  /** What the models cannot do well, in plain sentences. */
  limitations?: string[];
};

export type ExportFile = { path: string; bytes: number; rows: number };

export type ExportSummary = {
  outDir: string;
  profile: ExportProfile;
  files: ExportFile[];
  rows: number;
  rowsBySplit: Partial<Record<SplitName, number>>;
  rowsByEditType: Record<string, number>;
  bytes: number;
  preferences: number;
};

export type ExportDataset = (
  rows: AsyncIterable<ExportRow>,
  options: ExportOptions,
) => Promise<ExportSummary>;
