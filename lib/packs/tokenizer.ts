import { UserError } from "@/lib/domain/errors";
import { bytePairEncoder } from "./byte-pairs";
import type { TokenizerFiles } from "./manifest";

/** Where a token or word stands in `TokenizedText.text`: [start, end) in UTF-16 units. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface TokenizedText {
  /** The text as the model sees it: NFC, lower case, single spaces. */
  readonly text: string;
  /** BOS, tokens, EOS, padding; `maxLength` ids. */
  readonly ids: readonly number[];
  /** Ids before padding, BOS and EOS included. */
  readonly length: number;
  /** Span of the token at each position of `ids`; undefined for BOS, EOS and padding. */
  readonly spans: readonly (TextSpan | undefined)[];
  /** The text did not fit and was cut; EOS is kept. */
  readonly truncated: boolean;
}

export interface Tokenizer {
  readonly maxLength: number;
  encode(text: string): TokenizedText;
}

// CLIP's pattern (Radford et al. 2021): contractions, letters, single digits, runs of anything else.
const piecePattern = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/gu;

/**
 * CLIP's byte-pair tokenizer, from the text of vocab.json and merges.txt. Special tokens inside a text are
 * plain text here: a caption cannot end itself.
 */
export function createTokenizer(
  files: Pick<TokenizerFiles, "vocab" | "merges" | "maxLength" | "bosToken" | "eosToken" | "padToken">,
  vocabJson: string,
  mergesText: string,
): Tokenizer {
  const vocabulary = new Map(Object.entries(parseVocabulary(vocabJson, files.vocab)));
  const idOf = (token: string) => {
    const id = vocabulary.get(token);
    if (id === undefined)
      throw new UserError("bad-input", `${files.vocab} lacks the token "${token}".`, files.vocab);
    return id;
  };
  const [bos, eos, pad] = [idOf(files.bosToken), idOf(files.eosToken), idOf(files.padToken)];
  const encodePiece = bytePairEncoder(mergesText);

  const tokensOf = (text: string) => {
    const found: { id: number; span: TextSpan }[] = [];
    for (const match of text.matchAll(piecePattern)) {
      for (const part of encodePiece(match[0])) {
        // As in the reference tokenizers, what the vocabulary lacks becomes the end token.
        const id = vocabulary.get(part.token) ?? eos;
        found.push({ id, span: { start: match.index + part.start, end: match.index + part.end } });
      }
    }
    return found;
  };

  return {
    maxLength: files.maxLength,
    encode(input) {
      const text = normaliseCaption(input);
      const all = tokensOf(text);
      const kept = all.slice(0, files.maxLength - 2);
      const padding = files.maxLength - 2 - kept.length;
      return {
        text,
        ids: [bos, ...kept.map((token) => token.id), eos, ...new Array<number>(padding).fill(pad)],
        length: kept.length + 2,
        spans: [undefined, ...kept.map((token) => token.span), undefined, ...new Array<undefined>(padding)],
        truncated: kept.length < all.length,
      };
    },
  };
}

/** NFC, white space collapsed to single spaces, trimmed, lower case character by character (no final sigma rule). */
export function normaliseCaption(text: string): string {
  const clean = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  return Array.from(clean, (character) => character.toLowerCase()).join("");
}

function parseVocabulary(json: string, file: string): Record<string, number> {
  try {
    return JSON.parse(json) as Record<string, number>;
  } catch {
    throw new UserError("bad-input", `${file} is not valid JSON.`, file);
  }
}
