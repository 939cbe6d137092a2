import { parseSeedLines, type SeedLine, type SeedLineError } from "./seed-lines";
import { missingColumns, parseSeedTable, readSeedTable, type SeedColumns } from "./seed-table";

/** What a pasted text turned out to be. */
export interface SeedText {
  readonly format: "jsonl" | "table";
  /** Of a table: what its columns are called (or hold, where they have no names) and which are used. */
  readonly table: { readonly columns: readonly string[]; readonly used: SeedColumns } | null;
  readonly seeds: readonly SeedLine[];
  readonly errors: readonly SeedLineError[];
  /** The text with only some of its lines (by number), ready to be put right and pasted again. */
  only(lines: ReadonlySet<number>): string;
}

/**
 * Reads seeds from JSONL, or from a table (CSV with commas or semicolons, TSV as spreadsheets copy it).
 * @param columns of a table, where its first row does not name them or names them unusually
 */
export function readSeedText(text: string, columns?: SeedColumns): SeedText {
  const clean = text.replace(/^\ufeff/, "");
  if (!looksLikeTable(clean)) {
    const all = clean.split(/\r\n|\n|\r/);
    return {
      format: "jsonl",
      table: null,
      ...parseSeedLines(clean),
      only: (lines) => all.filter((_, i) => lines.has(i + 1)).join("\n"),
    };
  }
  const table = readSeedTable(clean);
  const used = columns ?? table.guess;
  const first = table.rows[0]?.cells ?? [];
  const missing = missingColumns(used);
  const parsed =
    missing.length > 0
      ? { seeds: [], errors: [{ line: 1, field: "line", message: whichColumn(missing) } as const] }
      : parseSeedTable(table, used);
  return {
    format: "table",
    table: { columns: first.map((cell, i) => cell.slice(0, 60) || `Column ${i + 1}`), used },
    ...parsed,
    only: (lines) => {
      const kept = table.rows.filter((row) => lines.has(row.line)).map(({ raw }) => raw);
      const header = used.header && kept.length > 0 ? [table.rows[0]!.raw] : [];
      return [...header, ...kept].join("\n");
    },
  };
}

/** JSON begins with a brace or bracket; a table has a separator in its first line. */
function looksLikeTable(text: string): boolean {
  const first = text.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? "";
  return !/^[{[]/.test(first) && /[,;\t]/.test(first);
}

function whichColumn(missing: readonly string[]): string {
  return `Choose the column of the ${missing.join(", the ")}: the first row does not name ${
    missing.length > 1 ? "them" : "it"
  }.`;
}
