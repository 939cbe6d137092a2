import { indoorCategories, outdoorCategories } from "../lexicon/categories";
import { finiteBe, verbThirdForms } from "../lexicon/function-words";
import { findNounPhrases, type NounPhrase } from "./noun-phrases";
import { type Token, tokenise } from "./tokens";

/** What a whole-picture edit is about; a caption that already speaks of it needs other wording. */
export const dimensions = ["season", "time", "weather", "style", "background", "light", "view"] as const;
export type Dimension = (typeof dimensions)[number];

export type Scene = "indoor" | "outdoor" | "unknown";

export type CaptionAnalysis = {
  readonly tokens: readonly Token[];
  readonly phrases: readonly NounPhrase[];
  readonly scene: Scene;
  readonly mentions: ReadonlySet<Dimension>;
  /** A full sentence ("A man is riding ..."), which cannot follow "a painting of". */
  readonly finite: boolean;
};

const dimensionWords: Readonly<Record<Dimension, RegExp>> = {
  season:
    /\b(?:(?:winter|summer|spring)(?:time)?|autumn|in the fall|fall (?:day|leaves|colors)|snow|snowy|snow-covered|snow-capped|ski|skis|skiing|skier|skiers|snowboard\w*|christmas|blossoms?|sled|ice)\b/,
  time: /\b(?:night|nighttime|midnight|sunset|sunrise|dusk|dawn|twilight|morning|evening|afternoon|noon|daylight|moon|moonlit|moonlight|stars|starry|sun|day|daytime|golden hour)\b/,
  weather:
    /\b(?:rain|rainy|raining|snow|snowy|snow-covered|snowing|sunny|cloudy|clouds|foggy|fog|mist|misty|stormy|storm|overcast|windy|clear|blizzard|lightning|weather|sunshine|sun|sunset|sunrise|umbrellas?|ski|skis|skiing|skier|snowboard\w*|wet|hail|haze|hazy)\b/,
  style:
    /\b(?:painting of|drawing|cartoon|sketch|illustration|black and white|black-and-white|watercolou?r|pixel|pixel-art|paper-cut|paper cut|pencil|neon|flat|vintage|sepia|mosaic|engraving|comic|anime|oil painting|photo of|photograph of|picture of|rendered|style|statue)\b/,
  view: /\b(?:seen from|view of|close-up|close up|closeup|aerial|from above|from below|from behind|low angle)\b/,
  background: /\b(?:background|backdrop|behind)\b/,
  light:
    /\b(?:lit|light|lights|lighting|bright|dark|dim|glow|glowing|sunlight|candlelight|shadows?|sunny|night|sunset|sunrise|sunlit|neon|candles?)\b/,
};

/** Which dimensions a text speaks of. */
export function mentionedDimensions(text: string): Set<Dimension> {
  const lower = text.toLowerCase();
  return new Set(dimensions.filter((dimension) => dimensionWords[dimension].test(lower)));
}

const outsideBefore = new Set([
  "in front of",
  "outside",
  "outside of",
  "next to",
  "near",
  "by",
  "past",
  "from",
  "behind",
  "beside",
  "across from",
]);

function sceneOf(phrases: readonly NounPhrase[], text: string): Scene {
  if (/\b(?:indoors?|inside|interior)\b/.test(text)) return "indoor";
  if (/\b(?:outdoors?|outside)\b/.test(text)) return "outdoor";
  let votes = 0;
  for (const phrase of phrases) {
    const { category, before, noun } = phrase;
    if (category === "indoor-place") votes += before !== null && outsideBefore.has(before) ? 3 : -6;
    else if (category === "building") votes += before === "in" || before === "inside" ? -3 : 2;
    else if (category === "structure" && noun?.lemma === "fireplace") votes -= 3;
    else if (indoorCategories.has(category)) votes -= category === "electronics" ? 1 : 2;
    else if (
      [
        "sink",
        "toilet",
        "couch",
        "sofa",
        "rug",
        "carpet",
        "living room",
        "curtain",
        "pillow",
        "desk",
        "counter",
        "ceiling",
        "countertop",
      ].includes(noun?.lemma ?? "")
    )
      votes -= 2;
    else if (
      phrase.category === "outdoor-place" ||
      category === "landform" ||
      category === "sky" ||
      category === "road"
    )
      votes += 3;
    else if (category === "water" && !["water"].includes(noun?.lemma ?? "")) votes += 3;
    else if (category === "ground") votes += noun?.lemma === "ground" ? 1 : 3;
    else if (outdoorCategories.has(category)) votes += category === "car" || category === "bike" ? 2 : 2;
    else if (category === "plate" || category === "dish") votes -= 1;
    else if (
      noun?.lemma === "kite" ||
      noun?.lemma === "bench" ||
      noun?.lemma === "frisbee" ||
      category === "bird"
    )
      votes += 2;
  }
  if (votes >= 2) return "outdoor";
  return votes <= -2 ? "indoor" : "unknown";
}

function isSentence(tokens: readonly Token[], phrases: readonly NounPhrase[]): boolean {
  if (tokens[0]?.lower === "there" || tokens[0]?.lower === "this" || tokens[0]?.lower === "it") return true;
  const subject = phrases[0];
  if (subject === undefined) return true;
  return tokens.some((token, index) => {
    if (finiteBe.has(token.lower)) return !["that", "which", "who"].includes(tokens[index - 1]?.lower ?? "");
    const ends = phrases.some((phrase) => phrase.end === index && !phrase.plural);
    return ends && verbThirdForms.has(token.lower);
  });
}

/** Reads a caption: its noun phrases, whether it is indoors or outdoors, and what it says of the picture as a whole. */
export function analyseCaption(caption: string): CaptionAnalysis {
  const tokens = tokenise(caption);
  const phrases = findNounPhrases(tokens);
  return {
    tokens,
    phrases,
    scene: sceneOf(phrases, caption.toLowerCase()),
    mentions: mentionedDimensions(caption),
    finite: isSentence(tokens, phrases),
  };
}
