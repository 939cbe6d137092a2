/** The scene program: everything a picture is made of, as plain data. */

export const COLOURS = [
  "red",
  "orange",
  "yellow",
  "green",
  "blue",
  "purple",
  "pink",
  "white",
  "black",
  "brown",
  "teal",
  "gray",
] as const;
export const STYLES = ["flat", "watercolour", "paper-cut", "pencil", "neon", "pixel"] as const;
export const SEASONS = ["spring", "summer", "autumn", "winter"] as const;
export const TIMES = ["day", "dawn", "sunset", "night"] as const;
export const WEATHERS = ["clear", "rainy", "foggy", "snowy"] as const;
export const PLACES = ["meadow", "beach", "mountains", "lake", "forest", "town"] as const;
export const PATTERNS = ["plain", "striped", "spotted"] as const;
export const MATERIALS = ["golden", "stone"] as const;

export type Colour = (typeof COLOURS)[number];
export type Style = (typeof STYLES)[number];
export type Season = (typeof SEASONS)[number];
export type TimeOfDay = (typeof TIMES)[number];
export type Weather = (typeof WEATHERS)[number];
export type Place = (typeof PLACES)[number];
export type Pattern = (typeof PATTERNS)[number];
export type Material = (typeof MATERIALS)[number];
export type Slot = "left" | "centre" | "right";

export interface SceneObject {
  readonly noun: string;
  /** null where the noun has its own natural colours, or a material covers them. */
  readonly colour: Colour | null;
  readonly pattern: Pattern;
  readonly material: Material | null;
  readonly slot: Slot;
  /** Small shift of the slot's place, in picture widths. */
  readonly shift: number;
  /** Size multiplier around 1. */
  readonly zoom: number;
  /** True when the drawing is mirrored (it looks to the left). */
  readonly mirrored: boolean;
}

export interface Scene {
  readonly seed: number;
  readonly style: Style;
  readonly season: Season;
  readonly time: TimeOfDay;
  readonly weather: Weather;
  readonly place: Place;
  /** How many objects the layout was made for; an edit that adds or removes one leaves the others' sizes alone. */
  readonly crowd: number;
  readonly objects: readonly SceneObject[];
}
