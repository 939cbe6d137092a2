import { analyseCaption } from "../grammar/caption-analysis";
import { articleFor, tokenise } from "../grammar/tokens";
import { animals, type Category, vehicles } from "../lexicon/categories";
import { articles, conjunctions, finiteBe, possessives, prepositions } from "../lexicon/function-words";
import { modifierKind, plainColours } from "../lexicon/modifiers";
import { nouns as allNouns, lookUpNoun, type Noun, offeredNouns } from "../lexicon/noun-lexicon";
import type { Random } from "../random";

/** The words a model pack knows: new things are taken from these only. */
export type RecombinationVocabulary = {
  readonly nouns: readonly string[];
  readonly colours: readonly string[];
  /** Everything else it knows: styles, seasons, times, weathers, places, materials, patterns. */
  readonly words: readonly string[];
};

export type VocabularyCheck = {
  /** Whether there is a vocabulary at all. */
  readonly restricted: boolean;
  /** Nouns of a category that may be newly named. */
  offered(category: Category): readonly Noun[];
  /** A thing made of a known colour and a known noun; null without a vocabulary. */
  drawThing(random: Random, absent: (lemma: string) => boolean): string | null;
  knowsNoun(lemma: string): boolean;
  knowsColour(colour: string): boolean;
  /** Whether every content word of a text is known. */
  knowsText(text: string): boolean;
};

const plain = new Set(["it", "them", "him", "her", "they", "one", "ones", "not", "no", "there", "some"]);

/** Without a vocabulary everything is known. */
export function createVocabularyCheck(vocabulary: RecombinationVocabulary | undefined): VocabularyCheck {
  if (vocabulary === undefined)
    return {
      restricted: false,
      offered: offeredNouns,
      drawThing: () => null,
      knowsNoun: () => true,
      knowsColour: () => true,
      knowsText: () => true,
    };
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
  const standing = allNouns.filter(
    (noun) =>
      nouns.has(noun.lemma) &&
      !noun.mass &&
      (animals.has(noun.category) ||
        vehicles.has(noun.category) ||
        ["building", "tree", "street-thing", "seat"].includes(noun.category)),
  );
  return {
    restricted: true,
    offered: (category) => allNouns.filter((noun) => noun.category === category && nouns.has(noun.lemma)),
    drawThing(random, absent) {
      const free = standing.filter((noun) => absent(noun.lemma));
      if (free.length === 0 || vocabulary.colours.length === 0) return null;
      const noun = random.pick(free);
      const words =
        noun.category === "tree" ? noun.lemma : `${random.pick(vocabulary.colours)} ${noun.lemma}`;
      return `${articleFor(words)} ${words}`;
    },
    knowsNoun: (lemma) => nouns.has(lemma),
    knowsColour: (colour) => colours.has(colour),
    knowsText: (text) => tokenise(text).every((token) => knows(token.lower)),
  };
}

/** The vocabulary that sample captions of a pack use: its nouns, its colours, all its words. */
export function vocabularyOfCaptions(captions: readonly string[]): RecombinationVocabulary {
  const nouns = new Set<string>();
  const colours = new Set<string>();
  const words = new Set<string>();
  for (const caption of captions) {
    const { tokens, phrases } = analyseCaption(caption);
    for (const phrase of phrases) if (phrase.noun !== null) nouns.add(phrase.noun.lemma);
    for (const { lower } of tokens) {
      if (/^\p{L}/u.test(lower)) words.add(lower);
      if (modifierKind(lower) === "colour" && (plainColours as readonly string[]).includes(lower))
        colours.add(lower);
    }
  }
  return { nouns: [...nouns], colours: [...colours], words: [...words] };
}
