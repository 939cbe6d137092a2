import type { CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import { animals, type Category } from "../lexicon/categories";
import type { Noun } from "../lexicon/noun-lexicon";
import type { VocabularyCheck } from "./vocabulary";

/** Categories whose members may stand in for each other wherever the caption's verbs allow it. */
const openCategories: ReadonlySet<Category> = new Set<Category>([
  "person",
  "pet",
  "farm-animal",
  "wild-animal",
  "bird",
  "car",
  "bike",
  "train",
  "boat",
  "aircraft",
  "dish",
  "fruit",
  "dessert",
  "drink",
  "vessel",
  "seat",
  "headwear",
  "bag",
  "building",
  "instrument",
  "flower",
  "reading",
]);

/** Members of open categories that cannot be exchanged: generic words, parts of a team, odd ones out. */
const fixedNouns = new Set(
  `vehicle carriage cart wagon trailer tank golf-cart tractor bulldozer excavator sidecar rickshaw engine train-car caboose
   child baby infant couple parent friend passenger food meal snack breakfast lunch dinner dish topping sauce
   egg bread bun slice rice cheese chip french-fry fry roll meat sushi bacon frosting icing sprinkle whipped-cream candy
   hot-air-balloon rocket spaceship spacecraft drone building station train-station airport stadium kiosk stall store shop
   tent luggage baggage hood veil petal bloom blossom bouquet flower-bed can tin bottle wine-glass glass beer-bottle wine-bottle
   birdhouse doghouse map letter card paper document menu poster picture-frame saddle pew stroller wheelchair seat car-seat
   bride groom spectator mother father water-bottle drink beverage bus-station gas-station loaf pepperoni butter jam syrup
   chopped vegetable fruit berry bird-house monument ruin dome steeple monkey gorilla ape squirrel chipmunk mouse rat hedgehog beaver otter snowman rider player`
    .split(/\s+/)
    .map((word) => word.replaceAll("-", " ")),
);

const isFixed = (noun: Noun): boolean => fixedNouns.has(noun.lemma);

const young = new Set(["boy", "girl", "kid", "toddler", "teenager", "teen", "youth", "son", "daughter"]);

/** What a verb or setting of the caption asks of the thing that takes part in it. */
const demands: readonly {
  readonly cue: RegExp;
  readonly categories: readonly Category[];
  readonly fit: ReadonlySet<string>;
}[] = [
  {
    cue: /\bperch|\bbranch|\bwire|\bshoulder/,
    categories: ["bird"],
    fit: new Set(["seagull", "parrot", "owl", "falcon", "crow", "toucan", "cockatoo"]),
  },
  {
    cue: /\bswim|\bfloat|\bwad(?:e|ing)\b/,
    categories: ["pet", "farm-animal", "wild-animal", "bird"],
    fit: new Set(["dog", "duck", "bear", "elephant", "tiger"]),
  },
  {
    cue: /\bgraz|\bhay\b|\bherd\b/,
    categories: ["farm-animal", "wild-animal", "pet"],
    fit: new Set(["horse", "cow", "sheep", "goat", "donkey", "zebra", "deer", "elephant"]),
  },
  {
    cue: /\bleaves\b|\bbranch|\bgrass from\b/,
    categories: ["wild-animal"],
    fit: new Set(["giraffe", "elephant", "deer"]),
  },
  {
    cue: /\bpull|\bgallop|\brac(?:e|ing)\b|\brid(?:e|es|ing|den)\b|\bsaddle/,
    categories: ["farm-animal", "wild-animal"],
    fit: new Set(["horse", "donkey", "elephant"]),
  },
  { cue: /\btree\b|\bclimb/, categories: ["wild-animal"], fit: new Set(["bear", "lion", "deer"]) },
  { cue: /\bpaddl|\brow(?:s|ing)\b/, categories: ["boat"], fit: new Set(["canoe", "kayak", "rowboat"]) },
  {
    cue: /\bcatch|\bfetch|\bleash|\bcollar|\bsled/,
    categories: ["pet", "farm-animal", "wild-animal"],
    fit: new Set(["dog", "fox"]),
  },
  { cue: /\bmilk/, categories: ["farm-animal"], fit: new Set(["cow", "goat", "sheep"]) },
];

const feline = /\b(?:cat|kitten|kitty|tabby)\b/;
const otherPets = /\b(?:rabbit|bunny|hamster|fox|ferret|raccoon|guinea pig)\b/;

/** A puppy is no replacement for a dog, whatever its breed. */
function samePet(old: string, next: string): boolean {
  const kindOf = (lemma: string): string =>
    feline.test(lemma) ? "cat" : otherPets.test(lemma) ? lemma : "dog";
  return kindOf(old) === kindOf(next);
}

const bodyOnly =
  /\b(?:its|their) (?:\w+ )?(?:trunks?|tusks?|wings?|beaks?|horns?|antlers?|manes?|shells?|fins?|feathers?|paws?)\b/;
const held =
  /^(?:swinging|throwing|hitting|kicking|flying|playing|catching|making|cooking|surfing|brushing|blowing|cutting|slicing|through|from|of|at|for)$/;

/** Whether a seed's replacement of one plain noun by another of its category can take any noun of that category. */
export function openReplacement(from: NounPhrase, to: NounPhrase, words: string): boolean {
  const noun = to.noun;
  if (
    noun === null ||
    from.noun === null ||
    from.category !== to.category ||
    !openCategories.has(to.category)
  )
    return false;
  return words === noun.lemma || words === noun.plural;
}

/** Whether the phrase can be exchanged for another thing without upsetting the rest of the caption. */
export function isExchangeable(caption: CaptionAnalysis, phrase: NounPhrase): boolean {
  const noun = phrase.noun;
  if (noun === null || isFixed(noun)) return false;
  // "its lamb", "her husband" are theirs by kind.
  if (
    (animals.has(phrase.category) || phrase.category === "person") &&
    /^(?:its|his|her|their)\b/.test(phrase.determiner ?? "")
  )
    return false;
  const text = caption.tokens.map((token) => token.lower).join(" ");
  if (animals.has(phrase.category) && bodyOnly.test(text)) return false;
  const next = caption.tokens[phrase.end]?.lower;
  if (["'s", "painted", "covered", "loaded", "topped"].includes(next ?? "")) return false;
  if (next === "of" && phrase.category !== "bag") return false;
  if (phrase.before !== null && held.test(phrase.before)) {
    return (
      (phrase.before === "of" && ["drink", "flower"].includes(phrase.category)) ||
      (phrase.before === "for" && phrase.category === "train")
    );
  }
  if (phrase.category === "fruit" && /\bbunch\b/.test(phrase.determiner ?? "")) return false;
  if (phrase.category === "electronics" && ["on", "at", "into", "using"].includes(phrase.before ?? ""))
    return false;
  if (phrase.category === "building")
    return phrase.before === null || !["in", "inside", "at", "inside of"].includes(phrase.before);
  return true;
}

/** The nouns that can take the phrase's place in this caption. */
export function replacementsFor(
  caption: CaptionAnalysis,
  phrase: NounPhrase,
  vocabulary: VocabularyCheck,
): Noun[] {
  const old = phrase.noun;
  if (old === null || !isExchangeable(caption, phrase) || !openCategories.has(phrase.category)) return [];
  const text = caption.tokens.map((token) => token.lower).join(" ");
  const present = new Set(
    caption.phrases.flatMap((other) => (other.noun === null ? [] : other.noun.lemma.split(" "))),
  );
  const gendered = /\b(?:his|her|he|she|him)\b/.test(text);
  const lastWord = old.lemma.split(" ").at(-1)!;
  return vocabulary.offered(phrase.category).filter((noun) => {
    if (noun === old || noun.mass !== old.mass || (noun.pluralOnly && !old.pluralOnly)) return false;
    if (noun.lemma.split(" ").some((word) => present.has(word) || word === lastWord)) return false;
    for (const demand of demands) {
      if (demand.categories.includes(phrase.category) && demand.cue.test(text) && !demand.fit.has(noun.lemma))
        return false;
    }
    if (phrase.category === "pet" && samePet(old.lemma, noun.lemma)) return false;
    if (phrase.category === "person") {
      // A waitress is a woman already.
      if (noun.gender !== null && noun.gender === old.gender) return false;
      if (gendered && noun.gender !== old.gender && !(noun.gender === null && old.gender !== null))
        return false;
      if (young.has(old.lemma) !== young.has(noun.lemma)) return false;
      // Someone of no stated sex or role may be a woman already; only another role is a change.
      return old.gender !== null || !(young.has(noun.lemma) || ["man", "woman"].includes(noun.lemma));
    }
    if (phrase.category === "seat") {
      // An armchair is a chair already.
      if (/chair/.test(old.lemma) && /chair/.test(noun.lemma)) return false;
      if (phrase.before === "in") return ["chair", "armchair"].includes(noun.lemma);
      if (phrase.before === "on") return ["couch", "bench", "stool"].includes(noun.lemma);
    }
    if (phrase.category === "aircraft" && /\brunway|airport|park/.test(text))
      return noun.lemma !== "seaplane";
    return true;
  });
}
