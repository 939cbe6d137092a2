import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { ImportEntry } from "./import-types";
import { type CsvRecord, parseCsv } from "./parse-csv";
import { readLines } from "./read-lines";
import { rowToEntry } from "./row-to-entry";

/** JSON Lines: one object a line, with a path or URL and a caption. A bad line is refused, the rest goes on. */
export async function* readJsonl(file: string, root: string): AsyncGenerator<ImportEntry> {
  const name = basename(file);
  for await (const line of readLines(createReadStream(file))) {
    const where = `${name} line ${line.number}`;
    if ("tooLong" in line) {
      yield refuse(where, "The line is longer than 1 MiB.");
      continue;
    }
    if (line.text.trim() === "") continue;
    const row = parseObject(line.text);
    yield row ? rowToEntry(row, root, where) : refuse(where, "The line is not a JSON object.");
  }
}

/** CSV (or TSV, or semicolons) with a header row. */
export async function* readCsv(file: string, root: string): AsyncGenerator<ImportEntry> {
  const name = basename(file);
  let header: string[] | undefined;
  for await (const record of parseCsv(createReadStream(file), await separatorOf(file))) {
    const where = `${name} line ${record.line}`;
    if (!header) {
      header = headerOf(record);
      if (!header) {
        yield refuse(where, 'The first line must name the columns, such as "path,caption" or "url,caption".');
        return;
      }
    } else if ("problem" in record) yield refuse(where, capital(record.problem));
    else if (record.fields.length !== header.length)
      yield refuse(where, `The row has ${record.fields.length} fields, the header has ${header.length}.`);
    else {
      const names = header;
      yield rowToEntry(Object.fromEntries(record.fields.map((value, at) => [names[at], value])), root, where);
    }
  }
}

function headerOf(record: CsvRecord): string[] | undefined {
  if ("problem" in record) return undefined;
  const names = record.fields.map((field) => field.trim());
  const lower = names.map((name) => name.toLowerCase());
  const namesImages = lower.some((name) =>
    /^(file_?name|path|image(_path|_url)?|file|(img_)?url)$/.test(name),
  );
  return namesImages ? lower : undefined;
}

/** The separator that the first line has most of. */
async function separatorOf(file: string): Promise<"," | ";" | "\t"> {
  const stream = createReadStream(file, { end: 65_535 });
  const head = Buffer.concat(await stream.toArray()).toString("utf8");
  const first = head.split(/\r?\n/, 1)[0] ?? "";
  const count = (mark: string) => first.split(mark).length - 1;
  if (count("\t") > count(",") && count("\t") >= count(";")) return "\t";
  return count(";") > count(",") ? ";" : ",";
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function refuse(subject: string, reason: string): ImportEntry {
  return { kind: "refused", refusal: { subject, reason } };
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
