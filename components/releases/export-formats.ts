import type { ExportView } from "@/lib/api/contract/releases";

interface FormatInfo {
  label: string;
  description: string;
  /** Python that opens the files in `path`. */
  python: (path: string) => string;
}

const plain = (path: string) =>
  `from datasets import load_dataset; dataset = load_dataset(${pythonString(path)})`;

export const formatInfo: Record<ExportView["format"], FormatInfo> = {
  parquet: {
    label: "Parquet",
    description: "Opens with load_dataset and in stock InstructPix2Pix trainers without a flag.",
    python: plain,
  },
  imagefolder: {
    label: "Image folder",
    description: "Image files beside a metadata.jsonl.",
    python: plain,
  },
  webdataset: {
    label: "WebDataset",
    description: "Tar shards to stream from.",
    python: (path) =>
      `from datasets import load_dataset; dataset = load_dataset(${pythonString(path)}, streaming=True)`,
  },
  ultraedit: {
    label: "UltraEdit layout",
    description: "Columns and splits named as in UltraEdit's own release.",
    python: (path) =>
      `from datasets import load_dataset; dataset = load_dataset(${pythonString(path)}, split="FreeForm")`,
  },
};

/** A Python string literal; JSON's escapes are a subset of Python's. */
function pythonString(text: string): string {
  return JSON.stringify(text);
}
