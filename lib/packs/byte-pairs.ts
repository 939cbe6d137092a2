/** One token of a piece; `start` and `end` count UTF-16 units of the piece. */
interface PieceToken {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

/** GPT-2's printable stand-in for each of the 256 byte values (Radford et al. 2019). */
export function byteAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let shifted = 0;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(printable(byte) ? byte : 256 + shifted++),
  );
}

const endOfWord = "</w>";
const cacheLimit = 20_000;

/**
 * Byte-pair encoding of single pieces (Sennrich et al. 2016) with CLIP's end-of-word mark.
 * @param mergesText merges.txt: one merge a line, most frequent first; lines starting with # are comments at the top
 */
export function bytePairEncoder(mergesText: string): (piece: string) => readonly PieceToken[] {
  const alphabet = byteAlphabet();
  const ranks = new Map<string, number>();
  mergesText.split("\n").forEach((line, index) => {
    const trimmed = line.trimEnd();
    if (trimmed !== "" && !(index === 0 && trimmed.startsWith("#version"))) ranks.set(trimmed, ranks.size);
  });
  const cache = new Map<string, readonly PieceToken[]>();
  const utf8 = new TextEncoder();

  return (piece) => {
    const known = cache.get(piece);
    if (known) return known;
    const symbols: string[] = [];
    const ends: number[] = [];
    let offset = 0;
    for (const character of piece) {
      offset += character.length;
      for (const byte of utf8.encode(character)) {
        symbols.push(alphabet[byte]!);
        ends.push(offset);
      }
    }
    symbols[symbols.length - 1] += endOfWord;
    mergeAll(symbols, ends, ranks);
    const tokens = symbols.map((token, index) => {
      const end = ends[index]!;
      const before = index === 0 ? 0 : ends[index - 1]!;
      // The bytes of one character may fall into two tokens; both then span the whole character.
      const start = before < end ? before : characterStart(piece, end);
      return { token, start, end };
    });
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(piece, tokens);
    return tokens;
  };
}

/** Applies the best-ranked merge everywhere, until none is left; `ends[i]` is where symbol i ends. */
function mergeAll(symbols: string[], ends: number[], ranks: ReadonlyMap<string, number>): void {
  while (symbols.length > 1) {
    let best = Number.POSITIVE_INFINITY;
    let pair = "";
    for (let i = 0; i + 1 < symbols.length; i++) {
      const candidate = `${symbols[i]} ${symbols[i + 1]}`;
      const rank = ranks.get(candidate);
      if (rank !== undefined && rank < best) {
        best = rank;
        pair = candidate;
      }
    }
    if (pair === "") return;
    for (let i = 0; i + 1 < symbols.length; i++) {
      if (`${symbols[i]} ${symbols[i + 1]}` !== pair) continue;
      symbols.splice(i, 2, symbols[i]! + symbols[i + 1]!);
      ends.splice(i, 1);
    }
  }
}

function characterStart(text: string, end: number): number {
  const low = text.charCodeAt(end - 1);
  return low >= 0xdc00 && low <= 0xdfff ? end - 2 : end - 1;
}
