import { drawingOf } from "./nouns/catalogue";
import { randomSource } from "./random";
import type { Scene, SceneObject, Style } from "./scene";

const STYLE_NAME: Readonly<Record<Style, string>> = {
  flat: "flat illustration",
  watercolour: "watercolour painting",
  "paper-cut": "paper cut",
  pencil: "pencil drawing",
  neon: "neon artwork",
  pixel: "pixel art picture",
};
const PLACE_PHRASE = {
  meadow: ["in a meadow", "on a grassy field"],
  beach: ["on a beach", "on a sandy beach"],
  mountains: ["in the mountains", "near tall mountains"],
  lake: ["by a lake", "beside a lake"],
  forest: ["in a forest", "in the woods"],
  town: ["in a town", "on a town street"],
} as const;
const SEASON_PHRASE = {
  spring: ["in spring", "in springtime"],
  summer: ["in summer", "in summertime"],
  autumn: ["in autumn", "in the autumn"],
  winter: ["in winter", "in snowy winter"],
} as const;
const TIME_PHRASE = {
  day: ["during the day", "in daylight"],
  dawn: ["at dawn", "in the early morning"],
  sunset: ["at sunset", "at sunset"],
  night: ["at night", "at night"],
} as const;
const TIME_NOUN = { day: "day", dawn: "morning", sunset: "evening", night: "night" } as const;
const WEATHER_PHRASE = {
  clear: "under a clear sky",
  rainy: "in the rain",
  foggy: "in thick fog",
  snowy: "with falling snow",
} as const;

export const withArticle = (words: string) => `${/^[aeio]|^um/.test(words) ? "an" : "a"} ${words}`;

/** "red car", "blue striped cat", "golden house", "tree". */
export function nameOf(object: Pick<SceneObject, "noun" | "colour" | "pattern" | "material">): string {
  return [object.colour, object.material, object.pattern === "plain" ? null : object.pattern, object.noun]
    .filter(Boolean)
    .join(" ");
}

export const styleName = (style: Style) => STYLE_NAME[style];

function subjects(scene: Scene, wording: number): string {
  const order = { left: 0, centre: 1, right: 2 };
  const sorted = [...scene.objects].sort((a, b) => order[a.slot] - order[b.slot]);
  const names = sorted.map((object) => withArticle(nameOf(object)));
  if (names.length === 2) {
    const skyAt = sorted.findIndex((object) => drawingOf(object.noun).zone === "sky");
    if (skyAt >= 0) return `${names[1 - skyAt]} under ${names[skyAt]}`;
    return names.join([" beside ", " next to ", " and ", " to the left of "][wording % 4]);
  }
  if (names.length < 2) return names[0] ?? "an empty view";
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** How many wordings `captionOf` knows. */
export const CAPTION_KINDS = 6;

/**
 * One caption of a scene. The wording depends on the scene's seed and the kind only, so two scenes of one seed
 * (before and after an edit) differ only in the words of what changed.
 */
export function captionOf(scene: Scene, kind: number): string {
  const random = randomSource(scene.seed, 5000 + kind);
  const [placeWording, seasonWording, timeWording] = [random.int(2), random.int(2), random.int(2)];
  const what = subjects(scene, random.int(4));
  const place = PLACE_PHRASE[scene.place][placeWording]!;
  const season = SEASON_PHRASE[scene.season][seasonWording]!;
  const time = TIME_PHRASE[scene.time][timeWording]!;
  const weather = WEATHER_PHRASE[scene.weather];
  const style = STYLE_NAME[scene.style];
  const air = scene.weather === "clear" && scene.time === "day" ? "sunny" : scene.weather;
  const moment = `${withArticle(`${air} ${scene.season} ${TIME_NOUN[scene.time]}`)}`;
  const crowded = scene.crowd > 2;
  switch (kind % CAPTION_KINDS) {
    case 0:
      return `${what} ${place} ${season} ${crowded ? "" : `${time} `}${weather}, ${style}`;
    case 1:
      return `${withArticle(style)} of ${what} ${place} ${season} ${time}${scene.weather === "clear" || crowded ? "" : ` ${weather}`}`;
    case 2:
      return `${what} ${place} on ${moment}`;
    case 3:
      return `${withArticle(style)} of ${what} ${place} on ${moment}`;
    case 4:
      return `on ${moment}, ${what} ${place}`;
    default:
      return `${what} ${place} ${time} ${season}`;
  }
}

/** Six different captions; the first names everything. */
export const captionsOf = (scene: Scene): string[] =>
  Array.from({ length: CAPTION_KINDS }, (_, kind) => captionOf(scene, kind));
