const width = 24;

export interface ProgressLine {
  show(text: string): void;
  end(): void;
}

/** One line that rewrites itself on a terminal; elsewhere, a new line at most every ten seconds. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let last = "";
  let shownAt = 0;
  return {
    show(text) {
      if (text === last) return;
      last = text;
      if (stream.isTTY) stream.write(`\r\u001b[2K${text}`);
      else if (Date.now() - shownAt > 10_000) {
        shownAt = Date.now();
        stream.write(`${text}\n`);
      }
    },
    end() {
      stream.write(stream.isTTY ? "\n" : `${last}\n`);
    },
  };
}

/** `[######······]` for a share in [0, 1]. */
export function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `[${"#".repeat(filled)}${"·".repeat(width - filled)}]`;
}
