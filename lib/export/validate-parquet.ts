import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type SchemaElement } from "hyparquet";
import { decodesAsImage } from "./decodes-as-image";
import type { FileCheck } from "./file-check";

export type ExpectedParquet = {
  schema: SchemaElement[];
  /** Value of the `huggingface` key. */
  footer: string;
  images: string[];
  nullableImages: string[];
};

/** Reads a Parquet file group by group: schema in order, footer, row counts, and every image decoded. */
export async function validateParquet(path: string, expected: ExpectedParquet): Promise<FileCheck> {
  const problems: string[] = [];
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const found = metadata.schema.map(shape);
  const wanted = expected.schema.map(shape);
  if (found.join() !== wanted.join())
    problems.push(`its schema is (${found.slice(1).join(", ")}), not (${wanted.slice(1).join(", ")}).`);
  const footer = metadata.key_value_metadata?.find(({ key }) => key === "huggingface")?.value;
  if (footer !== expected.footer) problems.push('its footer lacks the right "huggingface" entry.');

  let rows = 0;
  let images = 0;
  for (const group of metadata.row_groups) {
    const rowStart = rows;
    rows += Number(group.num_rows);
    if (Number(group.total_byte_size) > 100_000_000)
      problems.push(`the row group at row ${rowStart} is larger than 100 MB.`);
    const columns = [...expected.images, ...expected.nullableImages].filter((name) =>
      metadata.schema.some((element) => element.name === name),
    );
    const records = await parquetReadObjects({
      file,
      metadata,
      columns,
      rowStart,
      rowEnd: rows,
      utf8: false,
    });
    if (records.length !== Number(group.num_rows))
      problems.push(
        `the row group at row ${rowStart} promises ${group.num_rows} rows and has ${records.length}.`,
      );
    for (const [at, record] of records.entries())
      for (const name of columns) {
        const problem = await imageProblem(record[name], expected.nullableImages.includes(name));
        if (problem) problems.push(`row ${rowStart + at}: ${name} ${problem}`);
        else if (record[name]) images++;
      }
  }
  if (rows !== Number(metadata.num_rows))
    problems.push(`its row groups hold ${rows} rows, its footer says ${metadata.num_rows}.`);
  return { rows, images, problems };
}

async function imageProblem(value: unknown, nullable: boolean): Promise<string | undefined> {
  if (value === null || value === undefined) return nullable ? undefined : "is null.";
  const bytes = (value as { bytes?: unknown }).bytes;
  if (!(bytes instanceof Uint8Array)) return "has no bytes.";
  return (await decodesAsImage(bytes)) ? undefined : "does not decode.";
}

function shape({ name, type, num_children }: SchemaElement): string {
  return num_children ? `${name}{${num_children}}` : `${name}:${type}`;
}
