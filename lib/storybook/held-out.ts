import { COLOURS, type Colour, PLACES, type Scene, SEASONS, STYLES, TIMES } from "./scene";
import { TRAINED } from "./trained-part";

/**
 * The compositions kept from training, by fixed rules over positions in the vocabulary lists:
 * about one in twelve (noun, colour) pairs and one in thirteen (season, time, style, place) combinations.
 */
export function isHeldOutPair(noun: string, colour: Colour | null): boolean {
  const nounAt = TRAINED.nouns.indexOf(noun);
  if (colour === null || nounAt < 0) return false;
  return (nounAt * 5 + COLOURS.indexOf(colour) * 7) % 12 === 0;
}

export function isHeldOutSetting(scene: Pick<Scene, "season" | "time" | "style" | "place">): boolean {
  const at =
    SEASONS.indexOf(scene.season) * 3 +
    TIMES.indexOf(scene.time) * 5 +
    STYLES.indexOf(scene.style) * 7 +
    PLACES.indexOf(scene.place) * 2;
  return at % 13 === 6;
}

/** True when a scene contains any composition that training never shows. */
export const isHeldOut = (scene: Scene) =>
  isHeldOutSetting(scene) || scene.objects.some((object) => isHeldOutPair(object.noun, object.colour));
