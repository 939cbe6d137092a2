/** One record may be this long, characters; more is damage or an attack, not a caption. */
export const MAX_RECORD = 1 << 20;

export type Line = { number: number; text: string } | { number: number; tooLong: true };

/** Lines of a UTF-8 stream, numbered from 1, without their line ends or a byte-order mark; memory is bounded. */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 1;
  let rest = "";
  let skipping = false;
  for await (const text of decodeText(source)) {
    let from = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      const line = rest + text.slice(from, end);
      yield skipping || line.length > MAX_RECORD
        ? { number, tooLong: true }
        : { number, text: line.endsWith("\r") ? line.slice(0, -1) : line };
      number++;
      rest = "";
      skipping = false;
      from = end + 1;
    }
    rest = skipping ? "" : rest + text.slice(from);
    if (rest.length > MAX_RECORD) {
      skipping = true;
      rest = "";
    }
  }
  if (skipping) yield { number, tooLong: true };
  else if (rest !== "") yield { number, text: rest };
}

/**
 * UTF-8 text piece by piece, the byte-order mark dropped. Bytes that are not UTF-8 become U+FFFD, which the readers
 * refuse record by record, so that one bad row does not end the import.
 */
export async function* decodeText(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  for await (const chunk of source) {
    const text = decoder.decode(chunk, { stream: true });
    if (text) yield text;
  }
  const last = decoder.decode();
  if (last) yield last;
}
