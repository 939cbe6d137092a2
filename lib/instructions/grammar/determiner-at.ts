import {
  articles,
  numberWords,
  otherDeterminers,
  pluralDeterminers,
  possessives,
  prepositions,
  singularDeterminers,
} from "../lexicon/function-words";
import { nounAt } from "./noun-at";
import type { Token } from "./tokens";

/** The determiner at a position, as long as it goes ("a couple of", "the two"), and the number it asks for. */
export function determinerAt(
  tokens: readonly Token[],
  at: number,
): { length: number; plural: boolean | null; text: string } | null {
  const word = tokens[at]?.lower;
  if (word === undefined) return null;
  const next = tokens[at + 1]?.lower;
  const taken = (length: number, plural: boolean | null) => ({
    length,
    plural,
    text: tokens
      .slice(at, at + length)
      .map((token) => token.lower)
      .join(" "),
  });
  const isNumber = (text: string | undefined): boolean =>
    text !== undefined && (numberWords.has(text) || /^\d{1,4}$/.test(text));
  if (word === "a" || word === "an") {
    if (next === "few") return taken(2, true);
    if ((next === "couple" || next === "lot") && tokens[at + 2]?.lower === "of") return taken(3, true);
    if (
      next === "couple" &&
      tokens[at + 2] !== undefined &&
      !prepositions.has(tokens[at + 2]!.lower) &&
      nounAt(tokens, at + 2) !== null
    )
      return taken(2, true);
    return taken(1, false);
  }
  if (word === "lots" && next === "of") return taken(2, true);
  if ((word === "all" || word === "both") && (next === "the" || next === "of"))
    return taken(next === "of" && tokens[at + 2]?.lower === "the" ? 3 : 2, true);
  if (isNumber(word)) return taken(1, true);
  if (word === "one") return taken(1, false);
  if (articles.has(word) || possessives.has(word) || otherDeterminers.has(word)) {
    return isNumber(next) ? taken(2, true) : taken(1, null);
  }
  if (pluralDeterminers.has(word)) return taken(1, true);
  if (singularDeterminers.has(word)) return taken(1, false);
  return null;
}
