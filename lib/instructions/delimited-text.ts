/** One row of a table in text, with where it stood. */
export interface DelimitedRow {
  /** Line of its first character, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The row as it was written, without its line end. */
  readonly raw: string;
  /** A quote was opened and never closed: the row runs to the end of the text. */
  readonly unclosed: boolean;
}

export const separators = [",", "\t", ";"] as const;
export type Separator = (typeof separators)[number];

/**
 * The rows of a CSV or TSV text (RFC 4180): cells in quotes may hold separators, line ends and doubled quotes. Blank
 * lines are left out.
 */
export function readDelimited(text: string, separator: Separator): DelimitedRow[] {
  const rows: DelimitedRow[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = at;
    const first = line;
    const cells: string[] = [];
    let unclosed = false;
    for (let more = true; more; ) {
      let cell = "";
      if (text[at] === '"') {
        const quoted = readQuoted(text, at + 1);
        unclosed = quoted.unclosed;
        cell = quoted.cell;
        line += lineEnds(text.slice(at, quoted.end));
        at = quoted.end;
      }
      // What follows a closing quote belongs to the cell, as spreadsheets read it.
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at++;
      cells.push((cell + text.slice(from, at)).trim());
      more = text[at] === separator;
      if (more) at++;
    }
    const raw = text.slice(start, at);
    if (raw.trim() !== "") rows.push({ line: first, cells, raw, unclosed });
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    if (at < text.length) line++;
    at++;
  }
  return rows;
}

function readQuoted(text: string, from: number): { cell: string; end: number; unclosed: boolean } {
  let cell = "";
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { cell: cell + text.slice(at), end: text.length, unclosed: true };
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1, unclosed: false };
    cell += '"';
    at = quote + 2;
  }
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** The separator that cuts the first lines into most cells. */
export function guessSeparator(text: string): Separator {
  const start = text.slice(0, 20_000);
  const cells = (separator: Separator) => {
    const rows = readDelimited(start, separator).slice(0, 5);
    return rows.length === 0 ? 0 : Math.min(...rows.map((row) => row.cells.length));
  };
  return separators.reduce((best, separator) => (cells(separator) > cells(best) ? separator : best));
}
