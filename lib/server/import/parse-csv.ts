import { decodeText, MAX_RECORD } from "./read-lines";

export type CsvRecord =
  /** `line` is where the record begins, from 1. */
  { line: number; fields: string[] } | { line: number; problem: string };

/**
 * Records of an RFC 4180 file: quoted fields with doubled quotes and line ends inside, CRLF, LF or CR, a byte-order
 * mark. Empty lines are skipped. A record over 1 MiB or a quote that never closes is a problem, not a crash.
 */
export async function* parseCsv(
  source: AsyncIterable<Uint8Array>,
  separator = ",",
): AsyncGenerator<CsvRecord> {
  let fields: string[] = [];
  let field = "";
  let size = 0;
  let line = 1;
  let begins = 1;
  // "start": nothing of the field yet; "bare": unquoted; "quoted": inside quotes; "closing": a quote that may end it.
  let state: "start" | "bare" | "quoted" | "closing" = "start";
  let afterReturn = false;

  const finish = (): CsvRecord | undefined => {
    const record: CsvRecord =
      size > MAX_RECORD
        ? { line: begins, problem: "the record is longer than 1 MiB; a quote may be missing" }
        : { line: begins, fields: [...fields, field] };
    const empty = fields.length === 0 && field === "" && state !== "closing" && size <= MAX_RECORD;
    fields = [];
    field = "";
    size = 0;
    state = "start";
    return empty ? undefined : record;
  };

  for await (const text of decodeText(source)) {
    let runFrom = -1;
    const endRun = (at: number) => {
      if (runFrom < 0) return;
      size += at - runFrom;
      if (size <= MAX_RECORD) field += text.slice(runFrom, at);
      runFrom = -1;
    };
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      const newline = char === "\n" || char === "\r";
      const secondHalf = char === "\n" && afterReturn;
      afterReturn = char === "\r";
      if (state === "quoted") {
        if (newline && !secondHalf) line++;
        if (char !== '"') {
          if (runFrom < 0) runFrom = at;
          continue;
        }
        endRun(at);
        state = "closing";
        continue;
      }
      if (state === "closing" && char === '"') {
        field += '"';
        state = "quoted";
        continue;
      }
      if (state === "start" && char === '"') {
        state = "quoted";
        continue;
      }
      if (char === separator) {
        endRun(at);
        size++;
        if (size <= MAX_RECORD) fields.push(field);
        field = "";
        state = "start";
        continue;
      }
      if (newline) {
        endRun(at);
        if (secondHalf) {
          begins = line;
          continue;
        }
        const record = finish();
        line++;
        begins = line;
        if (record) yield record;
        continue;
      }
      state = "bare";
      if (runFrom < 0) runFrom = at;
    }
    endRun(text.length);
  }
  if (state === "quoted")
    yield { line: begins, problem: 'a field opens with a quote (") that is never closed' };
  else {
    const record = finish();
    if (record) yield record;
  }
}
