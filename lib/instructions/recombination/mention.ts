import type { CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import { detokenise, type Token, tokenise } from "../grammar/tokens";
import { prepositions } from "../lexicon/function-words";

const mentionDeterminers = new Set([
  "the",
  "this",
  "that",
  "these",
  "those",
  "his",
  "her",
  "their",
  "its",
  "both",
  "each",
  "every",
  "all",
]);

/** The noun compound of a phrase as the caption has it: "pizza box". */
export function compoundText(caption: CaptionAnalysis, phrase: NounPhrase): string {
  return detokenise(caption.tokens.slice(phrase.compoundStart, phrase.end)).toLowerCase();
}

/** "the brown dog", "the dogs": with its adjectives only where another phrase has the same noun. */
export function mentionOf(caption: CaptionAnalysis, phrase: NounPhrase): string {
  const compound = compoundText(caption, phrase);
  const rivals = caption.phrases.some(
    (other) => other !== phrase && compoundText(caption, other) === compound,
  );
  const modifiers = detokenise(
    caption.tokens.slice(phrase.modifiersStart, phrase.compoundStart),
  ).toLowerCase();
  return rivals && modifiers !== "" ? `the ${modifiers} ${compound}` : `the ${compound}`;
}

/** Replaces every run of words equal to `words` (lower case) in `tokens` by one slot token. */
export function replaceRun(tokens: readonly Token[], words: readonly string[], slot: string): Token[] | null {
  if (words.length === 0) return null;
  const out: Token[] = [];
  let found = false;
  for (let at = 0; at < tokens.length; ) {
    if (words.every((word, index) => tokens[at + index]?.lower === word)) {
      out.push({ text: slot, lower: slot, glued: tokens[at]!.glued });
      at += words.length;
      found = true;
    } else out.push(tokens[at++]!);
  }
  return found ? out : null;
}

/** Puts "{object}" where the instruction names the phrase, with its determiner; null if it does not name it. */
export function abstractMention(
  instruction: readonly Token[],
  caption: CaptionAnalysis,
  phrase: NounPhrase,
): Token[] | null {
  const lower = (from: number, to: number): string[] =>
    caption.tokens.slice(from, to).map((token) => token.lower);
  const noun = phrase.noun;
  const forms = [
    lower(phrase.modifiersStart, phrase.end),
    lower(phrase.compoundStart, phrase.end),
    lower(phrase.headStart, phrase.end),
    ...(noun === null ? [] : [noun.lemma.split(" "), noun.plural.split(" ")]),
    ...(noun?.lemma.includes(" ") ? [[noun.lemma.split(" ").at(-1)!]] : []),
  ];
  for (const form of forms) {
    const replaced = replaceRun(instruction, form, "{object}");
    if (replaced === null) continue;
    // The first mention is the object; a later one without "the" ("a gingerbread house") is only its noun.
    let seen = 0;
    const marked = replaced.map((token, index) => {
      if (token.text !== "{object}") return token;
      const previous = replaced[index - 1]?.lower ?? "";
      if (previous === "no" || previous === "any") return { ...token, text: "{noun}", lower: "{noun}" };
      const named = mentionDeterminers.has(previous);
      return seen++ === 0 || named ? token : { ...token, text: "{noun}", lower: "{noun}" };
    });
    return marked.filter(
      (token, index) => !(marked[index + 1]?.text === "{object}" && mentionDeterminers.has(token.lower)),
    );
  }
  return null;
}

const personal: Readonly<Record<string, string>> = {
  he: "{he}",
  she: "{he}",
  him: "{him}",
  his: "{his}",
  they: "{he}",
  them: "{him}",
  their: "{his}",
  it: "{it}",
  its: "{its}",
  himself: "{himself}",
  herself: "{himself}",
};

/** Puts slots where words stand for the object: "her" is a possessive before a noun, else an object pronoun. */
export function abstractPronouns(tokens: readonly Token[]): Token[] {
  return tokens.map((token, index) => {
    let slot = personal[token.lower];
    if (token.lower === "her") {
      const next = tokens[index + 1];
      slot =
        next && /^\p{L}/u.test(next.text) && !prepositions.has(next.lower) && next.lower !== "and"
          ? "{his}"
          : "{him}";
    }
    return slot === undefined ? token : { ...token, text: slot, lower: slot };
  });
}

/** The pronouns of a phrase; null for {he} where English would need another verb form ("they look"). */
export function pronounsOf(phrase: NounPhrase): Readonly<Record<string, string | null>> {
  if (phrase.plural)
    return { he: "they", him: "them", his: "their", it: "them", its: "their", himself: "themselves" };
  if (phrase.category !== "person")
    return { he: "it", him: "it", his: "its", it: "it", its: "its", himself: "itself" };
  const gender = phrase.noun?.gender ?? null;
  if (gender === "m") return { he: "he", him: "him", his: "his", it: null, its: "his", himself: "himself" };
  if (gender === "f") return { he: "she", him: "her", his: "her", it: null, its: "her", himself: "herself" };
  return { he: null, him: "them", his: "their", it: null, its: "their", himself: "themselves" };
}

/** Fills the slots of a wording; null where one has no value. */
export function fillSlots(
  wording: string,
  values: Readonly<Record<string, string | null | undefined>>,
): string | null {
  let complete = true;
  const filled = wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === null) complete = false;
    return value ?? "";
  });
  return complete ? filled : null;
}

export function wordsOf(text: string): string[] {
  return tokenise(text).map((token) => token.lower);
}
