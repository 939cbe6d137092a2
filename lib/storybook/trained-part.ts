import { TRAINED_DRAWINGS } from "./nouns/catalogue";
import {
  type Colour,
  MATERIALS,
  PATTERNS,
  PLACES,
  SEASONS,
  type Season,
  type Style,
  TIMES,
  type TimeOfDay,
  WEATHERS,
  type Weather,
} from "./scene";

/** The declared part of Storybook that the shipped models are trained on. */
export const TRAINED = {
  nouns: TRAINED_DRAWINGS.map((drawing) => drawing.noun),
  colours: ["red", "orange", "yellow", "green", "blue", "purple", "pink", "white"] as readonly Colour[],
  styles: ["flat", "watercolour", "paper-cut"] as readonly Style[],
  seasons: SEASONS,
  times: TIMES,
  weathers: WEATHERS,
  places: PLACES,
  patterns: PATTERNS,
  materials: MATERIALS,
} as const;

export const TIME_WEIGHTS: readonly (readonly [TimeOfDay, number])[] = [
  ["day", 36],
  ["dawn", 17],
  ["sunset", 23],
  ["night", 24],
];

/** Snow falls only in winter, rain in the other seasons. */
export function weatherWeights(season: Season): readonly (readonly [Weather, number])[] {
  return season === "winter"
    ? [
        ["clear", 62],
        ["snowy", 24],
        ["foggy", 14],
      ]
    : [
        ["clear", 62],
        ["rainy", 22],
        ["foggy", 16],
      ];
}

/** Nouns whose body is one broad surface, so that stripes and spots show. */
const NO_PATTERN = new Set([
  "snowman",
  "lighthouse",
  "rocket",
  "castle",
  "house",
  "kite",
  "train",
  "truck",
  "windmill",
]);

export const takesPattern = (noun: string, coloured: boolean) => coloured && !NO_PATTERN.has(noun);
