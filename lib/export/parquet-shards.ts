import { mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ColumnSource, fileWriter, ParquetWriter } from "hyparquet-writer";
import type { ExportFile } from "./export-types";
import {
  type Column,
  type ColumnValue,
  huggingFaceMetadata,
  type ImageCell,
  parquetSchema,
} from "./parquet-column";

export type ShardLimits = { maxRowGroupBytes: number; maxShardBytes: number };

export interface ParquetShards<Row> {
  add(row: Row): void;
  /** Writes what is held and gives the shards their final names. */
  finish(): ExportFile[];
}

type OpenShard = {
  path: string;
  writer: ReturnType<typeof fileWriter>;
  parquet: ParquetWriter;
  rows: number;
};

/** Rows of small size are still cut into groups, so that readers can skip. */
const MAX_GROUP_ROWS = 1000;

/**
 * One split as `<folder>/<split>-00000-of-0000N.parquet`. Holds at most one row group; a shard ends before the group
 * that would make it too large. The number of shards is known only at the end, when they get their names.
 */
export function parquetShards<Row>(
  root: string,
  folder: string,
  split: string,
  columns: readonly Column<Row>[],
  limits: ShardLimits,
): ParquetShards<Row> {
  const shards: { path: string; rows: number }[] = [];
  let open: OpenShard | undefined;
  let held: ColumnValue[][] = [];
  let heldBytes = 0;
  mkdirSync(join(root, folder), { recursive: true });

  const openShard = (): OpenShard => {
    const path = join(root, folder, `.${split}-${shards.length}.part`);
    const writer = fileWriter(path);
    const parquet = new ParquetWriter({
      writer,
      schema: parquetSchema(columns),
      codec: "SNAPPY",
      kvMetadata: [{ key: "huggingface", value: huggingFaceMetadata(columns) }],
      createdBy: "pentimento",
    });
    return { path, writer, parquet, rows: 0 };
  };
  const closeShard = () => {
    if (!open) return;
    open.parquet.finish();
    shards.push({ path: open.path, rows: open.rows });
    open = undefined;
  };
  const writeGroup = () => {
    if (held.length === 0) return;
    if (open && open.writer.offset + heldBytes > limits.maxShardBytes) closeShard();
    open ??= openShard();
    const columnData = columns.map((column, at) =>
      columnSource(
        column,
        held.map((values) => values[at] ?? null),
      ),
    );
    open.parquet.write({ columnData, rowGroupSize: held.length });
    open.rows += held.length;
    held = [];
    heldBytes = 0;
  };

  return {
    add(row) {
      const values = columns.map((column) => column.value(row));
      const bytes = values.reduce((total: number, value) => total + sizeOf(value), 0);
      if (held.length > 0 && heldBytes + bytes > limits.maxRowGroupBytes) writeGroup();
      held.push(values);
      heldBytes += bytes;
      if (held.length >= MAX_GROUP_ROWS) writeGroup();
    },
    finish() {
      writeGroup();
      closeShard();
      const five = (value: number) => String(value).padStart(5, "0");
      return shards.map(({ path, rows }, at) => {
        const name = join(folder, `${split}-${five(at)}-of-${five(shards.length)}.parquet`);
        renameSync(path, join(root, name));
        return { path: name, bytes: statSync(join(root, name)).size, rows };
      });
    },
  };
}

function columnSource<Row>({ name, kind }: Column<Row>, values: ColumnValue[]): ColumnSource {
  if (kind !== "image") return { name, data: kind === "int64" ? values.map(toBigInt) : values };
  // Image files are compressed already, and their bytes make no useful statistics or dictionaries.
  return {
    name,
    data: values,
    encoding: "PLAIN",
    codec: "UNCOMPRESSED",
    statistics: false,
    offsetIndex: false,
  };
}

function toBigInt(value: ColumnValue): bigint | null {
  return typeof value === "number" ? BigInt(Math.trunc(value)) : null;
}

function sizeOf(value: ColumnValue): number {
  if (isImage(value)) return value.bytes.length + 64;
  return typeof value === "string" ? value.length + 4 : 8;
}

function isImage(value: ColumnValue): value is ImageCell {
  return typeof value === "object" && value !== null;
}
