import { nameOf } from "./captions";
import type { Scene } from "./scene";

/** Tags of a scene: its nouns, coloured objects, place, season, time of day, weather and style. */
export function tagsOf(scene: Scene): string[] {
  const tags = [
    ...scene.objects.map((object) => object.noun),
    ...scene.objects.map((object) => nameOf({ ...object, pattern: "plain" })),
    scene.place,
    scene.season,
    scene.time,
    scene.weather,
    scene.style,
  ];
  return [...new Set(tags)];
}
