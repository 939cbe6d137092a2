import { longestNoun, lookUpNoun, type NounForm } from "../lexicon/noun-lexicon";
import type { Token } from "./tokens";

/** Whether a token is a word or a number, not a mark. */
export const isWord = (token: Token | undefined): token is Token =>
  token !== undefined && /^[\p{L}\p{N}]/u.test(token.text);

/** The longest noun at a position. */
export function nounAt(
  tokens: readonly Token[],
  at: number,
): { forms: readonly NounForm[]; length: number } | null {
  for (let length = Math.min(longestNoun, tokens.length - at); length >= 1; length--) {
    const words = tokens.slice(at, at + length);
    if (!words.every(isWord)) continue;
    const forms = lookUpNoun(words.map((word) => word.lower).join(" "));
    if (forms.length > 0) return { forms, length };
  }
  return null;
}
