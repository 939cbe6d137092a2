import { UserError } from "@/lib/domain/errors";
import type { TokenizedText } from "@/lib/packs/tokenizer";
import { captionWords } from "../caption-words";
import { alignTokens } from "./align-tokens";

/**
 * How a source's cross-attention reaches the target's tokens (T = token sequence length).
 * Target column n takes Σ_w source[w] · map[w·T + n] with weight alpha[n], and keeps its own with 1 − alpha[n].
 */
export interface TokenMapping {
  readonly map: Float32Array;
  readonly alpha: Float32Array;
}

/** The target keeps its own attention. */
export function freeMapping(tokens: number): TokenMapping {
  const map = new Float32Array(tokens * tokens);
  for (let n = 0; n < tokens; n++) map[n * tokens + n] = 1;
  return { map, alpha: new Float32Array(tokens) };
}

/**
 * Refinement (Hertz et al. 2022, §4): tokens that both captions share keep the source's attention, new ones have
 * their own. Positions after the target's end token map to the same position of the source.
 */
export function refinementMapping(source: TokenizedText, target: TokenizedText): TokenMapping {
  const tokens = target.ids.length;
  const map = new Float32Array(tokens * tokens);
  const alpha = new Float32Array(tokens).fill(1);
  const aligned = alignTokens(source.ids.slice(0, source.length), target.ids.slice(0, target.length));
  for (let n = 0; n < tokens; n++) {
    const from = n < target.length ? aligned[n]! : n;
    if (from < 0) alpha[n] = 0;
    else map[from * tokens + n] = 1;
  }
  return { map, alpha };
}

/**
 * Replacement (Hertz et al. 2022, §4): the captions have the same number of words, and each changed word takes
 * the attention of the word it replaces: token by token if both have as many, else all source tokens spread
 * evenly over the target tokens. After the last changed word positions map to themselves, as published.
 * @throws UserError if the numbers of words differ
 */
export function replacementMapping(source: TokenizedText, target: TokenizedText): TokenMapping {
  const sourceWords = captionWords(source);
  const targetWords = captionWords(target);
  if (sourceWords.length !== targetWords.length) {
    throw new UserError(
      "bad-input",
      `Replacing words needs captions with the same number of words: the source caption has ${sourceWords.length}, the target caption ${targetWords.length}. Use "refine" instead.`,
      "targetCaption",
    );
  }
  const tokens = target.ids.length;
  const map = new Float32Array(tokens * tokens);
  const changes = targetWords.flatMap((word, index) => {
    const from = sourceWords[index]!;
    const cut = from.tokens.length === 0 || word.tokens.length === 0;
    return from.word === word.word || cut ? [] : [{ from: from.tokens, to: word.tokens }];
  });

  let i = 0;
  let j = 0;
  for (const { from, to } of changes) {
    for (; i < from[0]!; i++, j++) if (j < tokens) map[i * tokens + j] = 1;
    for (const [index, n] of to.entries()) {
      if (from.length === to.length) map[from[index]! * tokens + n] = 1;
      else for (const w of from) map[w * tokens + n] = 1 / to.length;
    }
    i += from.length;
    j += to.length;
  }
  for (; j < tokens; j++) map[j * tokens + j] = 1;
  return { map, alpha: new Float32Array(tokens).fill(1) };
}
