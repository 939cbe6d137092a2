import type { CaptionAnalysis } from "../grammar/caption-analysis";
import { nounAt } from "../grammar/noun-at";
import type { NounPhrase } from "../grammar/noun-phrases";
import { tokenise } from "../grammar/tokens";
import { animals, type Category, colourable, vehicles, worn } from "../lexicon/categories";
import { solidMaterials } from "../lexicon/modifiers";
import { exchangeGroups, findPhrases } from "./exchange-groups";
import { followsBadly, postureFits } from "./placement";
import { isColourable, presentColour, verbFitsSurface } from "./recolouring";
import { removalSpan } from "./removal";
import { isExchangeable } from "./replacements";
import type { Template } from "./template";
import { besideWords } from "./thing-pools";

/** Phrases that are no thing one could point at. */
const noObject: ReadonlySet<Category> = new Set<Category>([
  "part",
  "abstract",
  "group",
  "picture",
  "time",
  "season",
  "unknown",
]);
/** Categories too mixed for one member's stand-in to suit another: a clock is no television. */
const mixed: ReadonlySet<Category> = new Set<Category>([
  "electronics",
  "fixture",
  "structure",
  "appliance",
  "storage",
  "decoration",
  "sports-gear",
  "tool",
  "accessory",
  "building-part",
  "textile",
  "utensil",
]);
const generic =
  /^(?:replace|swap|substitute|exchange|turn|transform|change|convert|trade|switch|morph|make)\b/i;
const countable = (category: Category): boolean => animals.has(category) || vehicles.has(category);

/** Nouns an instruction names outside its slots ("from the table"): they tie it to captions of the same thing. */
function strayNouns(instruction: string): boolean {
  const tokens = tokenise(instruction.replace(/\{\w+\}/g, "§"));
  return tokens.some(
    (_, at) =>
      nounAt(tokens, at)?.forms.some(
        (form) => !noObject.has(form.noun.category) && form.noun.category !== "sky",
      ) ?? false,
  );
}

/** Templates are few and asked often: the answer is kept. */
const strayCache = new WeakMap<Template, boolean>();
function hasStrayNouns(template: Template): boolean {
  let stray = strayCache.get(template);
  if (stray === undefined) {
    stray = strayNouns(template.instruction);
    strayCache.set(template, stray);
  }
  return stray;
}

const numberBound = (template: Template): boolean =>
  (["modifier", "colour", "replace"].includes(template.change.kind) &&
    /\ban? (?!\{)/.test(template.instruction)) ||
  /\{(?:it|its|him|his|he|himself)\}|\bone\b|\bis\b|\bhas\b|\blooks?\b|\b(?:all|both|each)\b/.test(
    template.instruction,
  );

const sculptable = (category: Category): boolean =>
  animals.has(category) ||
  vehicles.has(category) ||
  ["building", "seat", "table", "vessel", "instrument"].includes(category);
const standsFree = (category: Category): boolean =>
  (animals.has(category) && !["bird", "insect", "sea-animal"].includes(category)) ||
  vehicles.has(category) ||
  ["person", "building", "seat", "street-thing"].includes(category);
const soft: readonly Category[] = [
  "garment",
  "textile",
  "bag",
  "headwear",
  "accessory",
  "handheld",
  "vessel",
  "seat",
];

/** Patterns suit other surfaces than the seed's, solid materials other bodies; what lives is told from what does not. */
function carriesOver(template: Template, caption: CaptionAnalysis, phrase: NounPhrase): boolean {
  const { change, object } = template;
  if (change.kind !== "modifier" || object === null) return false;
  const living = animals.has(phrase.category);
  if (change.modifierKind === "pattern") {
    if (
      template.instruction.includes("'s") ||
      !colourable.has(object.category) ||
      !isColourable(caption, phrase)
    )
      return false;
    if (change.words === "striped") return true;
    return soft.includes(phrase.category) || (change.words === "spotted" && living);
  }
  if (!solidMaterials.has(change.words) || living !== animals.has(object.category)) return false;
  if (phrase.category === "building" && ["at", "in", "inside"].includes(phrase.before ?? "")) return false;
  return (
    sculptable(phrase.category) &&
    sculptable(object.category) &&
    !/glass|bottle/.test(phrase.noun?.lemma ?? "")
  );
}

const lastWord = (lemma: string): string => lemma.split(" ").at(-1)!;

/** Whether the template can be carried over to this phrase of this caption. */
export function fitsPhrase(template: Template, caption: CaptionAnalysis, phrase: NounPhrase): boolean {
  const { change, object } = template;
  if (object === null || phrase.noun === null) return false;
  const sameCategory = phrase.category === object.category;
  const sameLemma = sameCategory && lastWord(phrase.noun.lemma) === lastWord(object.lemma);
  if ((!template.namesObject || noObject.has(phrase.category)) && !sameLemma) return false;
  if (
    (phrase.category === "body-part" || phrase.category === "sky" || phrase.category === "weather") &&
    !sameLemma
  )
    return false;
  const twice = caption.phrases.filter((other) => other.noun === phrase.noun).length > 1;
  if (twice && change.kind !== "colour") return false;
  // "a bride and groom" is one phrase to a reader, two words to us.
  if (
    /^its\b/.test(phrase.determiner ?? "") &&
    (phrase.category === "person" || animals.has(phrase.category))
  )
    return false;
  const after = caption.tokens[phrase.end]?.lower;
  if (after === "and" && !caption.phrases.some((other) => other.start === phrase.end + 1)) return false;
  if (numberBound(template) && phrase.plural !== object.plural) return false;
  if (caption.tokens[phrase.end]?.lower === "'s") return false;
  // "A sheet of ice", "a stack of books": not the thing itself.
  if (phrase.category === "textile" && caption.tokens[phrase.end]?.lower === "of") return false;
  const open = sameLemma || !hasStrayNouns(template);
  switch (change.kind) {
    case "colour":
      if (change.fromOld && presentColour(caption, phrase) === null) return false;
      if (animals.has(phrase.category) && /\b(?:in|to a) \{colour\}/.test(template.instruction)) return false;
      return (
        (open || sameCategory) &&
        isColourable(caption, phrase) &&
        verbFitsSurface(template.instruction, phrase.category)
      );
    case "replace":
      if (change.open)
        return (
          open && (sameCategory || generic.test(template.instruction)) && isExchangeable(caption, phrase)
        );
      return (
        sameCategory &&
        (sameLemma || !mixed.has(phrase.category)) &&
        phrase.plural === object.plural &&
        isExchangeable(caption, phrase)
      );
    case "modifier":
      if (!open) return false;
      if (mixed.has(phrase.category) && change.modifierKind === "state" && !sameLemma) return false;
      return sameCategory || carriesOver(template, caption, phrase);
    case "count":
      return (
        open &&
        !phrase.plural &&
        /^(?:a|an|one)$/.test(phrase.determiner ?? "") &&
        (sameCategory || (countable(phrase.category) && countable(object.category))) &&
        caption.tokens[phrase.end]?.lower !== "is" &&
        phrase.before !== "and" &&
        caption.tokens[phrase.end]?.lower !== "and" &&
        !/\b(?:its?|his|her|itself)\b/.test(caption.tokens.map((token) => token.lower).join(" ")) &&
        phrase === caption.phrases[0] &&
        !caption.finite
      );
    case "after-object":
      if (phrase.noun.mass && !sameLemma) return false;
      if (besideWords.has(change.words))
        return (
          open &&
          (standsFree(phrase.category) || lastWord(phrase.noun.lemma) === "tree") &&
          template.scene === caption.scene &&
          !phrase.plural &&
          !followsBadly(caption, phrase, change.words) &&
          !["of", "at", "in", "inside", "next to", "beside"].includes(phrase.before ?? "")
        );
      return sameCategory && phrase.plural === object.plural && !followsBadly(caption, phrase, change.words);
    case "remove":
      return (
        open &&
        worn.has(phrase.category) === worn.has(object.category) &&
        removalSpan(caption, phrase) !== null
      );
    case "verb":
      if (phrase.before === "and") return false;
      return (
        (sameCategory ||
          (animals.has(phrase.category) &&
            animals.has(object.category) &&
            phrase.category !== "bird" &&
            object.category !== "bird")) &&
        postureFits(caption, phrase, change.from, change.to)
      );
    default:
      return false;
  }
}

const placeless =
  /\b(?:galax\w+|planets?|nebula\w*|lunar|surface of the moon|retina|microscop\w+|x-ray|map|diagram|screenshot|logo)\b/;

/** Whether a change of the whole caption can be carried over. */
export function fitsCaption(template: Template, caption: CaptionAnalysis): boolean {
  const { change } = template;
  if (change.kind === "exchange") {
    const group = exchangeGroups.find(({ id }) => id === change.group)!;
    const found = findPhrases(caption.tokens, group);
    return (
      found.length === 1 &&
      (/\{old\}/.test(template.instruction) || !template.instruction.includes(change.from)) &&
      (change.openTo || found[0]!.phrase.name !== change.to)
    );
  }
  if (change.kind !== "end" && change.kind !== "start") return false;
  // Pictures of no place on the ground have no season, sky or camera height; they can still be drawn another way.
  const text = caption.tokens.map((token) => token.lower).join(" ");
  if (!template.dimensions.has("style") && change.kind === "end" && placeless.test(text)) return false;
  if (template.dimensions.has("season") && /\b(?:desert|jungle|tropical|palm)\b/.test(text)) return false;
  for (const dimension of template.dimensions) if (caption.mentions.has(dimension)) return false;
  if (change.kind === "start")
    return (
      !caption.finite &&
      caption.phrases[0] !== undefined &&
      caption.phrases[0].category !== "picture" &&
      caption.phrases[0].start === 0
    );
  // A studio wall suits a thing that stands nowhere in particular.
  const studio =
    template.scene === "unknown" &&
    /\b(?:wall|backdrop)\b/.test(
      "words" in change ? `${change.words} ${"thing" in change ? change.thing : ""}` : "",
    );
  if (studio) return caption.scene === "unknown";
  const anywhere = template.dimensions.has("style") || template.scene === "unknown";
  const openAir =
    template.dimensions.has("season") ||
    (template.dimensions.has("weather") && !template.dimensions.has("light"));
  if (template.scene === "unknown" && openAir) return caption.scene === "outdoor";
  return anywhere || template.scene === caption.scene;
}
