import { UserError } from "@/lib/domain/errors";
import { isHeldOut } from "./held-out";
import { drawingOf } from "./nouns/catalogue";
import { type RandomSource, randomSource } from "./random";
import type { Colour, Place, Scene, SceneObject, Slot, Style } from "./scene";
import { TIME_WEIGHTS, TRAINED, takesPattern, weatherWeights } from "./trained-part";

export interface SampleOptions {
  /** train: no held-out composition; heldout: at least one; any: both (default). */
  readonly split?: "train" | "heldout" | "any";
  readonly nouns?: readonly string[];
  readonly colours?: readonly Colour[];
  readonly styles?: readonly Style[];
}

/** Layout size and number of objects: some scenes leave room for another object, which "add" edits then fill. */
const CROWDS: readonly (readonly [{ crowd: number; count: number }, number])[] = [
  [{ crowd: 1, count: 1 }, 36],
  [{ crowd: 2, count: 1 }, 18],
  [{ crowd: 2, count: 2 }, 30],
  [{ crowd: 3, count: 2 }, 4],
  [{ crowd: 3, count: 3 }, 12],
];
const ATTEMPTS = 1000;

/** Draws a scene; the same seed and options always give the same scene. */
export function sampleScene(seed: number, options: SampleOptions = {}): Scene {
  const split = options.split ?? "any";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const scene = drawScene(seed, randomSource(seed, attempt), options);
    if (split === "any" || (split === "heldout") === isHeldOut(scene)) return scene;
  }
  throw new UserError(
    "bad-input",
    `No ${split} scene can be made of the chosen nouns, colours and styles; choose more of them.`,
    "split",
  );
}

function drawScene(seed: number, random: RandomSource, options: SampleOptions): Scene {
  const style = random.pick(options.styles ?? TRAINED.styles);
  const season = random.pick(TRAINED.seasons);
  const time = random.weighted(TIME_WEIGHTS);
  const weather = random.weighted(weatherWeights(season));
  const place = random.pick(TRAINED.places);
  const { crowd, count } = random.weighted(CROWDS);
  const objects: SceneObject[] = [];
  for (const slot of pickSlots(random, crowd, count)) {
    const noun = pickNoun(random, place, objects, options.nouns ?? TRAINED.nouns);
    if (noun !== null)
      objects.push(drawObject(random, noun, slot, objects, options.colours ?? TRAINED.colours));
  }
  return { seed, style, season, time, weather, place, crowd, objects };
}

function pickSlots(random: RandomSource, crowd: number, count: number): Slot[] {
  if (crowd === 1)
    return [
      random.weighted<Slot>([
        ["centre", 60],
        ["left", 20],
        ["right", 20],
      ]),
    ];
  const slots: Slot[] = crowd === 2 ? ["left", "right"] : ["left", "centre", "right"];
  while (slots.length > count) slots.splice(random.int(slots.length), 1);
  return slots;
}

/** A noun that belongs to the place, is not there yet, and leaves at most one thing in the sky. */
export function pickNoun(
  random: RandomSource,
  place: Place,
  present: readonly SceneObject[],
  nouns: readonly string[],
): string | null {
  const inSky = present.some((object) => drawingOf(object.noun).zone === "sky");
  const fitting = nouns.filter((noun) => {
    const drawing = drawingOf(noun);
    if (drawing.places && !drawing.places.includes(place)) return false;
    return !present.some((object) => object.noun === noun) && !(inSky && drawing.zone === "sky");
  });
  return fitting.length === 0 ? null : random.pick(fitting);
}

export function drawObject(
  random: RandomSource,
  noun: string,
  slot: Slot,
  present: readonly SceneObject[],
  colours: readonly Colour[],
): SceneObject {
  const drawing = drawingOf(noun);
  const free = colours.filter((colour) => !present.some((object) => object.colour === colour));
  const colour = random.pick(free.length > 0 ? free : colours);
  const surface = random.next();
  const material = surface < 0.04 ? "golden" : surface < 0.08 ? "stone" : null;
  const pattern = !takesPattern(noun, drawing.coloured)
    ? "plain"
    : surface < 0.17 && surface >= 0.08
      ? "striped"
      : surface < 0.26 && surface >= 0.17
        ? "spotted"
        : "plain";
  const shift = random.between(-0.025, 0.025);
  const zoom = random.between(0.92, 1.06);
  const centreTurn = random.chance(0.5);
  return {
    noun,
    colour: drawing.coloured && material === null ? colour : null,
    pattern,
    material,
    slot,
    shift,
    zoom,
    mirrored: slot === "right" || (slot === "centre" && centreTurn),
  };
}
