import type { Token } from "../grammar/tokens";

/** A phrase of a caption that says when, in what weather, where or how drawn, and what an instruction calls it. */
export type ExchangePhrase = { readonly words: readonly string[]; readonly name: string };
export type ExchangeGroup = { readonly id: string; readonly phrases: readonly ExchangePhrase[] };

const group = (id: string, phrases: Readonly<Record<string, string>>): ExchangeGroup => ({
  id,
  phrases: Object.entries(phrases)
    .map(([words, name]) => ({ words: words.split(" "), name }))
    .sort((a, b) => b.words.length - a.words.length),
});

/** Phrases within a group stand in the same place of a sentence, so one can take another's. */
export const exchangeGroups: readonly ExchangeGroup[] = [
  group("season", {
    spring: "spring",
    summer: "summer",
    autumn: "autumn",
    winter: "winter",
    springtime: "spring",
    summertime: "summer",
    wintertime: "winter",
  }),
  group("time", {
    "during the day": "day",
    "in daylight": "daylight",
    "at dawn": "dawn",
    "in the early morning": "early morning",
    "at sunset": "sunset",
    "at dusk": "dusk",
    "at night": "night",
    "in the evening": "evening",
    "at noon": "noon",
    "in the morning": "morning",
    "in the afternoon": "afternoon",
    "at sunrise": "sunrise",
  }),
  group("time-noun", {
    day: "day",
    morning: "morning",
    evening: "evening",
    night: "night",
    afternoon: "afternoon",
  }),
  group("weather", {
    "under a clear sky": "clear weather",
    "in the rain": "rain",
    "in thick fog": "thick fog",
    "with falling snow": "falling snow",
    "under a cloudy sky": "clouds",
    "under a stormy sky": "a storm",
  }),
  group("weather-word", {
    sunny: "sunny",
    clear: "clear",
    rainy: "rainy",
    foggy: "foggy",
    snowy: "snowy",
    cloudy: "cloudy",
    stormy: "stormy",
    misty: "misty",
    overcast: "overcast",
  }),
  group("place", {
    "in a meadow": "a meadow",
    "on a grassy field": "a grassy field",
    "on a beach": "a beach",
    "on a sandy beach": "a sandy beach",
    "in the mountains": "the mountains",
    "by a lake": "a lake",
    "beside a lake": "a lake",
    "in a forest": "a forest",
    "in the woods": "the woods",
    "in a town": "a town",
    "on a town street": "a town street",
  }),
  group("style", {
    "flat illustration": "flat illustration",
    "watercolour painting": "watercolour painting",
    "watercolor painting": "watercolor painting",
    "paper cut": "paper cut",
    "pencil drawing": "pencil drawing",
    "neon artwork": "neon artwork",
    "pixel art picture": "pixel art picture",
    "oil painting": "oil painting",
    "charcoal drawing": "charcoal drawing",
  }),
];

export type FoundPhrase = {
  readonly group: ExchangeGroup;
  readonly phrase: ExchangePhrase;
  readonly start: number;
  readonly end: number;
};

/** "Day" of "on a sunny day", not of "during the day"; "clear" of "a clear night", not of "under a clear sky". */
function standsAlone(tokens: readonly Token[], at: number, groupId: string): boolean {
  if (groupId === "time-noun")
    return !["the", "at", "in", "early", "during", "all", "every"].includes(tokens[at - 1]?.lower ?? "");
  return groupId !== "weather-word" || tokens[at + 1]?.lower !== "sky";
}

/** Every phrase of a group in the tokens. */
export function findPhrases(tokens: readonly Token[], within: ExchangeGroup): FoundPhrase[] {
  const found: FoundPhrase[] = [];
  for (let start = 0; start < tokens.length; start++) {
    const phrase = within.phrases.find(({ words }) =>
      words.every((word, index) => tokens[start + index]?.lower === word),
    );
    if (phrase === undefined || !standsAlone(tokens, start, within.id)) continue;
    found.push({ group: within, phrase, start, end: start + phrase.words.length });
    start += phrase.words.length - 1;
  }
  return found;
}

const snow = /\bsnow|\bski|\bsled|\bice\b/;

/** Whether the caption's other words allow the new phrase: snow belongs to winter, rain does not. */
export function exchangeFits(caption: string, found: FoundPhrase, next: ExchangePhrase): boolean {
  const rest = caption.toLowerCase().replace(found.phrase.words.join(" "), " ");
  const seasonal = found.group.id.startsWith("season");
  if (seasonal && next.words[0]!.endsWith("time") !== found.phrase.words[0]!.endsWith("time")) return false;
  if (seasonal && snow.test(rest)) return next.name === "winter";
  if (seasonal && next.name === "winter") return !/\brain/.test(rest);
  if (found.group.id.startsWith("weather") && /snow/.test(next.name))
    return !/\b(?:spring|summer|autumn)/.test(rest) && !/\bbeach|\bsurf|\bswim/.test(rest);
  if (found.group.id.startsWith("weather") && /rain/.test(next.name))
    return !/\bwinter/.test(rest) && !snow.test(rest);
  if (found.group.id === "weather-word" && /\b(?:night|evening)\b/.test(rest)) return next.name !== "sunny";
  if (found.group.id === "time-noun" && next.name === "night") return !/\bsunny\b/.test(rest);
  // Something that does something may depend on its place; a still life does not.
  if (found.group.id === "place")
    return !/\b\w+ing\b/.test(
      rest.replace(/\b(?:painting|drawing|building|evening|morning|falling|spring)\b/g, ""),
    );
  return true;
}
