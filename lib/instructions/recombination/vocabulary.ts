import { tokenise } from "../grammar/tokens";
import { articles, conjunctions, finiteBe, possessives, prepositions } from "../lexicon/function-words";
import { lookUpNoun } from "../lexicon/noun-lexicon";

/** The words a model pack knows: new things are taken from these only. */
export type RecombinationVocabulary = {
  readonly nouns: readonly string[];
  readonly colours: readonly string[];
  /** Everything else it knows: styles, seasons, times, weathers, places, materials, patterns. */
  readonly words: readonly string[];
};

export type VocabularyCheck = {
  knowsNoun(lemma: string): boolean;
  knowsColour(colour: string): boolean;
  /** Whether every content word of a text is known. */
  knowsText(text: string): boolean;
};

const plain = new Set(["it", "them", "him", "her", "they", "one", "ones", "not", "no", "there", "some"]);

/** Without a vocabulary everything is known. */
export function createVocabularyCheck(vocabulary: RecombinationVocabulary | undefined): VocabularyCheck {
  if (vocabulary === undefined)
    return { knowsNoun: () => true, knowsColour: () => true, knowsText: () => true };
  const split = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => text.toLowerCase().split(/[\s-]+/));
  const nouns = new Set(vocabulary.nouns.map((noun) => noun.toLowerCase()));
  const colours = new Set(vocabulary.colours.map((colour) => colour.toLowerCase()));
  const known = new Set([
    ...split(vocabulary.nouns),
    ...split(vocabulary.colours),
    ...split(vocabulary.words),
  ]);
  const grammatical = (word: string): boolean =>
    articles.has(word) ||
    prepositions.has(word) ||
    conjunctions.has(word) ||
    finiteBe.has(word) ||
    possessives.has(word) ||
    plain.has(word);
  const knows = (word: string): boolean =>
    !/^\p{L}/u.test(word) ||
    grammatical(word) ||
    known.has(word) ||
    word.split("-").every((part) => known.has(part)) ||
    lookUpNoun(word).some((form) => known.has(form.noun.lemma) && form.plural);
  return {
    knowsNoun: (lemma) => nouns.has(lemma),
    knowsColour: (colour) => colours.has(colour),
    knowsText: (text) => tokenise(text).every((token) => knows(token.lower)),
  };
}
