import type { EditField } from "@/lib/domain/instruction-checks";
import { type DelimitedRow, guessSeparator, readDelimited, type Separator } from "./delimited-text";
import { checkSeedRecord, type SeedLine, type SeedLineError, seedFieldNames } from "./seed-lines";

/** Which column holds which field (counted from 0; null for none), and whether the first row names the columns. */
export type SeedColumns = Readonly<Record<EditField, number | null>> & { readonly header: boolean };

export interface SeedTable {
  readonly separator: Separator;
  readonly rows: readonly DelimitedRow[];
  /** Columns as far as their names tell. */
  readonly guess: SeedColumns;
}

const fields = ["sourceCaption", "instruction", "targetCaption", "editType"] as const;
const words: Record<(typeof fields)[number], string> = {
  sourceCaption: "source caption",
  instruction: "instruction",
  targetCaption: "target caption",
  editType: "edit type",
};

/** A CSV or TSV text as rows, with the columns that its first row names. */
export function readSeedTable(text: string): SeedTable {
  const separator = guessSeparator(text);
  const rows = readDelimited(text, separator);
  return { separator, rows, guess: guessColumns(rows[0]?.cells ?? []) };
}

function guessColumns(header: readonly string[]): SeedColumns {
  const names = header.map((name) => name.toLowerCase().replace(/[\s_-]+/g, ""));
  const columnOf = (field: (typeof fields)[number]) => {
    for (const known of seedFieldNames[field]) {
      const at = names.indexOf(known.toLowerCase().replaceAll("_", ""));
      if (at >= 0) return at;
    }
    return null;
  };
  const [sourceCaption, instruction, targetCaption, editType] = fields.map(columnOf) as [
    number | null,
    number | null,
    number | null,
    number | null,
  ];
  const known = [sourceCaption, instruction, targetCaption, editType].filter((at) => at !== null).length;
  return { sourceCaption, instruction, targetCaption, editType, header: known >= 2 };
}

/** The fields that a table's columns do not give and a seed cannot do without. */
export function missingColumns(columns: SeedColumns): string[] {
  return fields
    .filter((field) => field !== "editType" && columns[field] === null)
    .map((field) => words[field]);
}

/** The seeds of a table's rows, each checked like a JSONL line. */
export function parseSeedTable(
  { rows, separator }: SeedTable,
  columns: SeedColumns,
): { seeds: SeedLine[]; errors: SeedLineError[] } {
  const seeds: SeedLine[] = [];
  const errors: SeedLineError[] = [];
  const width = rows[0]?.cells.length ?? 0;
  for (const row of columns.header ? rows.slice(1) : rows) {
    const fail = (message: string) => errors.push({ line: row.line, field: "line", message });
    if (row.unclosed) {
      fail(
        "A quote is opened here and never closed, so the row runs to the end. Close it, or double a quote that is meant.",
      );
      continue;
    }
    if (row.cells.length > width && row.cells.slice(width).some((cell) => cell !== "")) {
      const name = { ",": "a comma", ";": "a semicolon", "\t": "a tab" }[separator];
      fail(
        `The row has ${row.cells.length} cells, the first row ${width}. Put a text that contains ${name} in double quotes.`,
      );
      continue;
    }
    const record: Record<string, string> = {};
    for (const field of fields) {
      const cell = columns[field] === null ? undefined : row.cells[columns[field]];
      if (cell || (cell === "" && field !== "editType")) record[seedFieldNames[field][0]] = cell;
    }
    const parsed = checkSeedRecord(record, row.line);
    if (Array.isArray(parsed)) errors.push(...parsed);
    else seeds.push(parsed);
  }
  return { seeds, errors };
}
