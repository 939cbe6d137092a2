import { normaliseCaption, type TextSpan, type TokenizedText } from "@/lib/packs/tokenizer";

/** A word of a caption: what stands between spaces, punctuation included, with the token positions it became. */
export interface CaptionWord {
  readonly word: string;
  readonly span: TextSpan;
  /** Positions in `TokenizedText.ids`, ascending; empty if the word was cut off. */
  readonly tokens: readonly number[];
}

/** The words of a caption in order. */
export function captionWords(caption: TokenizedText): CaptionWord[] {
  return Array.from(caption.text.matchAll(/\S+/gu), (match) => {
    const span = { start: match.index, end: match.index + match[0].length };
    return { word: match[0], span, tokens: tokensWithin(caption, span) };
  });
}

/**
 * Token positions of every occurrence of a word or phrase, without the punctuation around it: "cat" is found in
 * "a cat, two cats" once, "red car" wherever the two words follow each other. Case does not matter. Scripts
 * without spaces are found anywhere inside a run of letters.
 * @returns ascending positions, empty if it does not occur
 */
export function phraseTokens(caption: TokenizedText, phrase: string): number[] {
  const wanted = normaliseCaption(phrase);
  if (wanted === "") return [];
  const found = new Set<number>();
  for (let at = caption.text.indexOf(wanted); at >= 0; at = caption.text.indexOf(wanted, at + 1)) {
    const span = { start: at, end: at + wanted.length };
    if (!standsAlone(caption.text, span)) continue;
    for (const token of tokensWithin(caption, span)) found.add(token);
  }
  return [...found].sort((a, b) => a - b);
}

function tokensWithin(caption: TokenizedText, { start, end }: TextSpan): number[] {
  return caption.spans.flatMap((span, index) =>
    span && span.start < end && span.end > start ? [index] : [],
  );
}

const spacelessScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const wordCharacter = /[\p{L}\p{N}\p{M}]/u;

/** Neither end cuts through a word. */
function standsAlone(text: string, { start, end }: TextSpan): boolean {
  const joined = (before: string | undefined, after: string | undefined) =>
    before !== undefined &&
    after !== undefined &&
    wordCharacter.test(before) &&
    wordCharacter.test(after) &&
    !(spacelessScript.test(before) && spacelessScript.test(after));
  return (
    !joined(characterBefore(text, start), characterAt(text, start)) &&
    !joined(characterBefore(text, end), characterAt(text, end))
  );
}

function characterAt(text: string, at: number): string | undefined {
  const point = text.codePointAt(at);
  return point === undefined ? undefined : String.fromCodePoint(point);
}

function characterBefore(text: string, at: number): string | undefined {
  if (at === 0) return undefined;
  const low = text.charCodeAt(at - 1);
  return text.slice(low >= 0xdc00 && low <= 0xdfff ? at - 2 : at - 1, at);
}
