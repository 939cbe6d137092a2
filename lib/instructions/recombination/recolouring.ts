import type { CaptionAnalysis } from "../grammar/caption-analysis";
import type { NounPhrase } from "../grammar/noun-phrases";
import { type Category, colourable, dyeable, paintable } from "../lexicon/categories";
import { modifierKind, plainColours, solidMaterials } from "../lexicon/modifiers";
import type { VocabularyCheck } from "./vocabulary";

/** Seen through, shining or without a surface of their own. */
const colourless = new Set(
  `glass wine-glass window mirror jar fountain tunnel pier dock rail track train-track stairs step stair ladder light headlight
   traffic-light traffic-signal street-light streetlight parking-meter power-line sign street-sign stop-sign road-sign neon-sign
   ceiling floor porch doorway entrance windowsill balcony staircase ledge stop-light stoplight parking-lot ramp half-pipe net wire
   station train-station airport stadium greenhouse candle flame bubble ring watch tile archway brick playground crane power-line
   city bouquet petal water-bottle christmas-light glasses fireplace campfire scaffold cage soil counter kitchen-counter countertop monument ruin
   pyramid golden-retriever dalmatian husky german-shepherd tabby tabby-cat calico-cat siamese-cat labrador retriever penguin flamingo toucan peacock fox raccoon
   bear zoo bus-stop billboard movie platform wreath garland graffiti mural artwork painting picture`
    .split(/\s+/)
    .map((word) => word.replaceAll("-", " ")),
);

const naturalCoats = ["black", "white", "brown", "gray", "orange"];
const naturalBlooms = ["red", "yellow", "pink", "white", "purple", "orange"];

/** The single colour word of a phrase, if it has exactly one. */
export function presentColour(caption: CaptionAnalysis, phrase: NounPhrase): string | null {
  const colours = phrase.modifiers.filter((modifier) => modifier.kind === "colour");
  const word = colours.length === 1 ? caption.tokens[colours[0]!.start]!.lower : null;
  return word !== null && /^(?:light|dark|pale|bright|neon)$/.test(word) ? null : word;
}

/** Whether giving this thing another colour makes sense where it stands. */
export function isColourable(caption: CaptionAnalysis, phrase: NounPhrase): boolean {
  if (!colourable.has(phrase.category) || phrase.noun === null || colourless.has(phrase.noun.lemma))
    return false;
  const compound = caption.tokens.slice(phrase.compoundStart, phrase.end);
  if (compound.some((token) => modifierKind(token.lower) === "colour" || token.lower === "glass"))
    return false;
  if (
    caption.tokens
      .slice(phrase.modifiersStart, phrase.compoundStart)
      .some((token) => solidMaterials.has(token.lower) || /^(?:clear|light|dark)$/.test(token.lower))
  )
    return false;
  const next = caption.tokens[phrase.end]?.lower ?? "";
  return (
    !["painted", "colored", "coloured", "covered", "'s"].includes(next) &&
    !(phrase.category === "building" && ["in", "at", "inside"].includes(phrase.before ?? ""))
  );
}

/** Whether the seed's verb fits the thing: one paints hard surfaces and dyes soft ones. */
export function verbFitsSurface(instruction: string, category: Category): boolean {
  if (/\b(?:re)?paint/i.test(instruction)) return paintable.has(category);
  if (/\bdye/i.test(instruction)) return dyeable.has(category);
  return true;
}

/** Colours the thing can be given: not one it has, and natural ones for what grows its own. */
export function coloursFor(
  caption: CaptionAnalysis,
  phrase: NounPhrase,
  vocabulary: VocabularyCheck,
): string[] {
  const present = new Set(
    caption.tokens
      .slice(phrase.modifiersStart, phrase.compoundStart)
      .map((token) => token.lower.replace("grey", "gray")),
  );
  const pool =
    phrase.category === "pet" ? naturalCoats : phrase.category === "flower" ? naturalBlooms : plainColours;
  return pool.filter((colour) => !present.has(colour) && vocabulary.knowsColour(colour));
}
