import english from "dictionary-en";
import nspell from "nspell";
import { americanSpelling } from "@/lib/domain/american-spelling";
import { suggestSpelling } from "@/lib/domain/suggest-spelling";
import { readStarterSeeds } from "@/lib/instructions/starter-seeds";

export interface Misspelling {
  /** As it is written. */
  word: string;
  /** Likely words, the likeliest first; may be empty. */
  suggestions: string[];
}

let common: ReadonlySet<string> | undefined;

/** The words of the shipped seeds: what captions and instructions are mostly made of. */
function commonWords(): ReadonlySet<string> {
  common ??= new Set(
    readStarterSeeds()
      .flatMap((seed) => [seed.sourceCaption, seed.instruction, seed.targetCaption])
      .flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []),
  );
  return common;
}

let speller: ReturnType<typeof nspell> | undefined;

/** Longer words are codes, not words. */
const longestWord = 30;
const mostWords = 10;
const mostSuggestions = 3;

/**
 * The words of a text that are in no dictionary, each once. American and British spelling both pass, and so do names
 * (capitalised inside a sentence), numbers, and `accepted` words.
 */
export function misspellings(text: string, accepted: ReadonlySet<string> = new Set()): Misspelling[] {
  speller ??= nspell(Buffer.from(english.aff).toString(), Buffer.from(english.dic).toString());
  const found = new Map<string, Misspelling>();
  for (const match of text.matchAll(/\p{L}[\p{L}\p{M}'’]*/gu)) {
    const word = match[0].replaceAll("’", "'").replace(/'(?:s)?$/i, "");
    const lower = word.toLowerCase();
    if (word.length < 2 || word.length > longestWord || found.has(lower) || found.size === mostWords)
      continue;
    if (!/^[\p{Script=Latin}']+$/u.test(word) || accepted.has(lower)) continue;
    const isName = /^\p{Lu}/u.test(word) && !startsSentence(text, match.index);
    const besideDigit =
      /\d/.test(text[match.index - 1] ?? "") || /\d/.test(text[match.index + match[0].length] ?? "");
    if (isName || besideDigit || isWord(speller, word)) continue;
    const dictionary = speller;
    const usual = commonWords();
    const suggestions = suggestSpelling(
      word,
      { isWord: (candidate) => dictionary.correct(candidate), isCommon: (candidate) => usual.has(candidate) },
      mostSuggestions,
    );
    found.set(lower, { word, suggestions });
  }
  return [...found.values()];
}

function isWord(dictionary: ReturnType<typeof nspell>, word: string): boolean {
  const lower = word.toLowerCase();
  return [word, lower, ...americanSpelling(lower)].some((spelling) => dictionary.correct(spelling));
}

function startsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:]["')]?\s+|^["'(])$/.test(text.slice(0, at));
}
