import type { SchemaElement } from "hyparquet";

export type ColumnKind = "image" | "string" | "int32" | "int64" | "float64";
/** An encoded image file and a name for it. */
export type ImageCell = { bytes: Uint8Array; path: string };
export type ColumnValue = ImageCell | string | number | null;

/** One column of a dataset: its name, its type and how to get its value from a row. */
export type Column<Row> = { name: string; kind: ColumnKind; value(row: Row): ColumnValue };

/**
 * Parquet schema. An image is `struct<bytes: binary, path: string>` in this order; the `datasets` library takes any
 * other order for a plain dictionary. All columns are optional, so that every shard has the same schema.
 */
export function parquetSchema(columns: readonly Column<never>[]): SchemaElement[] {
  return [{ name: "schema", num_children: columns.length }, ...columns.flatMap(columnSchema)];
}

function columnSchema({ name, kind }: Column<never>): SchemaElement[] {
  const optional = { repetition_type: "OPTIONAL" } as const;
  const text = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } } as const;
  switch (kind) {
    case "image":
      return [
        { name, num_children: 2, ...optional },
        { name: "bytes", type: "BYTE_ARRAY", ...optional },
        { name: "path", ...text, ...optional },
      ];
    case "string":
      return [{ name, ...text, ...optional }];
    case "int32":
      return [{ name, type: "INT32", ...optional }];
    case "int64":
      return [{ name, type: "INT64", ...optional }];
    case "float64":
      return [{ name, type: "DOUBLE", ...optional }];
  }
}

/** The footer entry by which the `datasets` library knows that the structs are images. */
export function huggingFaceMetadata(columns: readonly Column<never>[]): string {
  const features = Object.fromEntries(
    columns.map(({ name, kind }) => [
      name,
      kind === "image" ? { _type: "Image" } : { dtype: kind, _type: "Value" },
    ]),
  );
  return JSON.stringify({ info: { features } });
}
