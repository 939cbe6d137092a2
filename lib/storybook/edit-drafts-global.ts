import { styleName, withArticle } from "./captions";
import type { SceneChange } from "./edit-change";
import type { EditDraft, StorybookEditType } from "./edit-draft";
import { drawingOf } from "./nouns/catalogue";
import type { Place, Scene, Season, TimeOfDay, Weather } from "./scene";
import { TRAINED, weatherWeights } from "./trained-part";

const TIME_NAME: Readonly<Record<TimeOfDay, string>> = {
  day: "day",
  dawn: "dawn",
  sunset: "sunset",
  night: "night",
};
const WEATHER_ORDER: Readonly<Record<Weather, readonly string[]>> = {
  clear: ["clear the sky", "change the weather to clear"],
  rainy: ["make it rain", "change the weather to rainy"],
  foggy: ["fill the scene with thick fog", "change the weather to foggy"],
  snowy: ["make it snow", "change the weather to snowy"],
};
const PLACE_NAME: Readonly<Record<Place, string>> = {
  meadow: "a meadow",
  beach: "a beach",
  mountains: "the mountains",
  lake: "a lake",
  forest: "a forest",
  town: "a town",
};

/** Edits of the whole picture: season and time (turn), weather and place (change-global), style (transform-global). */
export function globalDrafts(scene: Scene, editType: StorybookEditType): EditDraft[] {
  if (editType === "turn") return [...seasonDrafts(scene), ...timeDrafts(scene)];
  if (editType === "change-global") return [...weatherDrafts(scene), ...placeDrafts(scene)];
  return styleDrafts(scene);
}

const draft = (
  settings: Extract<SceneChange, { kind: "scene" }>["settings"],
  instructions: readonly string[],
): EditDraft => ({
  change: { kind: "scene", settings },
  instructions,
  editObject: null,
});

const fits = (weather: Weather, season: Season) =>
  weatherWeights(season).some(([allowed]) => allowed === weather);

const seasonDrafts = (scene: Scene) =>
  TRAINED.seasons
    .filter((season) => season !== scene.season && fits(scene.weather, season))
    .map((season) =>
      draft({ season }, [
        `turn the season to ${season}`,
        `turn ${scene.season} into ${season}`,
        `turn it into ${season}`,
      ]),
    );

const timeDrafts = (scene: Scene) =>
  TRAINED.times
    .filter((time) => time !== scene.time)
    .map((time) =>
      draft({ time }, [
        `turn ${TIME_NAME[scene.time]} into ${TIME_NAME[time]}`,
        `turn the time of day to ${TIME_NAME[time]}`,
      ]),
    );

const weatherDrafts = (scene: Scene) =>
  TRAINED.weathers
    .filter((weather) => weather !== scene.weather && fits(weather, scene.season))
    .map((weather) => draft({ weather }, WEATHER_ORDER[weather]));

const placeDrafts = (scene: Scene) =>
  TRAINED.places
    .filter(
      (place) =>
        place !== scene.place &&
        scene.objects.every(({ noun }) => drawingOf(noun).places?.includes(place) ?? true),
    )
    .map((place) =>
      draft({ place }, [
        `change the background to ${PLACE_NAME[place]}`,
        `move the scene to ${PLACE_NAME[place]}`,
      ]),
    );

const styleDrafts = (scene: Scene) =>
  TRAINED.styles
    .filter((style) => style !== scene.style)
    .map((style) => {
      const what = withArticle(styleName(style));
      return draft({ style }, [
        `transform it into ${what}`,
        `transform the picture into ${what}`,
        `make it look like ${what}`,
      ]);
    });
