import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** Who speaks in the log; "studio" is the supervisor itself. */
export type Source = "studio" | "db" | "web" | "worker" | `worker${number}`;

export interface Log {
  say(source: Source, text: string): void;
  complain(source: Source, text: string): void;
  /** Passes the lines of a child's output on, as they come. */
  follow(source: Source, stream: Readable, kind: "out" | "err"): void;
  /** The file that keeps everything. */
  file: string;
}

const COLOURS: Record<string, number> = { studio: 36, db: 34, web: 35, worker: 32 };
const KEPT_BYTES = 10_000_000;

/** One log of all processes: on the screen, and with dates in `<dataDir>/logs/pentimento.log`. */
export function openLog(dataDir: string, screen: { isTTY?: boolean; write(text: string): unknown }): Log {
  const folder = join(dataDir, "logs");
  const file = join(folder, "pentimento.log");
  mkdirSync(folder, { recursive: true });
  if (existsSync(file) && statSync(file).size > KEPT_BYTES) renameSync(file, `${file}.old`);
  const coloured = Boolean(screen.isTTY) && !process.env.NO_COLOR;

  function write(source: Source, text: string, error: boolean): void {
    for (const raw of text.split("\n")) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with the control character
      const line = raw.replace(/\u001b\[[0-9;]*m/g, "").trimEnd();
      if (line === "") continue;
      const now = new Date();
      const label = source.padEnd(8);
      const prefix = coloured
        ? `\u001b[${COLOURS[source.replace(/\d+$/, "")] ?? 37}m${label}\u001b[0m`
        : label;
      screen.write(`${prefix}${error && coloured ? `\u001b[31m${line}\u001b[0m` : line}\n`);
      try {
        appendFileSync(file, `${now.toISOString()} ${error ? "!" : " "} ${label}${line}\n`);
      } catch {
        // A full disk must not end the studio; the line was on the screen.
      }
    }
  }

  return {
    file,
    say: (source, text) => write(source, text, false),
    complain: (source, text) => write(source, text, true),
    follow(source, stream, kind) {
      let rest = "";
      stream.setEncoding("utf8");
      stream.on("data", (chunk: string) => {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) if (!isBanner(line)) write(source, line, kind === "err");
      });
      stream.on("end", () => {
        if (rest) write(source, rest, kind === "err");
      });
    },
  };
}

/** Next's greeting, whose addresses and times the supervisor tells itself. */
function isBanner(line: string): boolean {
  return /^\s*(▲ Next\.js|- (Local|Network|Environments):|✓ (Starting|Ready in|Running next\.config))/.test(
    line,
  );
}
