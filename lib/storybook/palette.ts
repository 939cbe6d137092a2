import type { Tone } from "./nouns/part";
import type { Colour, Material, Scene } from "./scene";

/** sRGB, 0..255 each. */
export type Rgb = readonly [number, number, number];

export function hex(code: string): Rgb {
  const value = Number.parseInt(code.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

export const multiply = (a: Rgb, by: Rgb): Rgb => [
  (a[0] * by[0]) / 255,
  (a[1] * by[1]) / 255,
  (a[2] * by[2]) / 255,
];

export function css(colour: Rgb): string {
  const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));
  return `#${((1 << 24) | (clamp(colour[0]) << 16) | (clamp(colour[1]) << 8) | clamp(colour[2])).toString(16).slice(1)}`;
}

export const luminance = (colour: Rgb) => (0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]) / 255;

const WHITE: Rgb = [255, 255, 255];
const SHADE: Rgb = [38, 22, 62];

export const COLOUR_RGB: Readonly<Record<Colour, Rgb>> = {
  red: hex("#e2312f"),
  orange: hex("#f78a1d"),
  yellow: hex("#fbd52c"),
  green: hex("#2fa84f"),
  blue: hex("#2b6be4"),
  purple: hex("#8b45cf"),
  pink: hex("#fb86bd"),
  white: hex("#f7f5f0"),
  black: hex("#34333f"),
  brown: hex("#8f5a35"),
  teal: hex("#1fb3a6"),
  gray: hex("#8e95a3"),
};

const FIXED: Readonly<Partial<Record<Tone, Rgb>>> = {
  ink: hex("#2c2838"),
  white: hex("#fbfaf6"),
  cream: hex("#f8e8c8"),
  skin: hex("#f6c9a2"),
  wood: hex("#a86f41"),
  woodDark: hex("#6f4529"),
  metal: hex("#c6ccd6"),
  metalDark: hex("#69707f"),
  beak: hex("#f79a2b"),
  rose: hex("#f49aa5"),
  hair: hex("#7a4526"),
  red: hex("#df3a3a"),
  yellow: hex("#fbd34a"),
  blue: hex("#3f66b5"),
  green: hex("#4aa84f"),
  stone: hex("#c2bdb6"),
  stoneDark: hex("#9a948f"),
};

const LEAF = { spring: "#f7a6cb", summer: "#4fae4a", autumn: "#ea7f2a", winter: "#eaf2fb" } as const;
const LEAF_DARK = { spring: "#e384b3", summer: "#358a3f", autumn: "#c65c20", winter: "#c3d5ea" } as const;

const RAMPS: Readonly<Record<Material, readonly [Rgb, Rgb]>> = {
  golden: [hex("#a86a10"), hex("#ffe48a")],
  stone: [hex("#5d626b"), hex("#c9cdd2")],
};

/** The light of a scene: how season, time of day and weather tint what it falls on. */
export interface Light {
  readonly skyTop: Rgb;
  readonly skyLow: Rgb;
  readonly glass: Rgb;
  /** Tints an object's own colour; identity of the colour is kept. */
  onObject(colour: Rgb): Rgb;
  /** Tints scenery at a depth of 0 (near) to 1 (at the horizon). */
  onScenery(colour: Rgb, depth: number): Rgb;
}

const SKY = {
  day: ["#4fb0f2", "#cdeefb"],
  dawn: ["#a99be0", "#ffd3d6"],
  sunset: ["#c2549a", "#ffb347"],
  night: ["#101a4a", "#33458f"],
} as const;
const TINT = {
  day: ["#ffffff", "#ffffff"],
  dawn: ["#fbe6f4", "#f3d0e6"],
  sunset: ["#ffe2c4", "#ffbf94"],
  night: ["#bcbfea", "#5b69b4"],
} as const;
const VEIL = { day: "#dde4ea", dawn: "#e6d8e6", sunset: "#f0cfae", night: "#515d92" } as const;
const RAIN_SKY = { day: "#7f92a6", dawn: "#8f88a4", sunset: "#9a6f82", night: "#20284e" } as const;

export function lightOf(scene: Scene): Light {
  const [top, low] = SKY[scene.time].map(hex) as [Rgb, Rgb];
  const [nearTint, farTint] = TINT[scene.time].map(hex) as [Rgb, Rgb];
  const veil = hex(VEIL[scene.time]);
  const wet = hex(RAIN_SKY[scene.time]);
  const { weather } = scene;
  const overcast = (sky: Rgb) =>
    weather === "rainy"
      ? mix(sky, wet, 0.75)
      : weather === "foggy"
        ? mix(sky, veil, 0.82)
        : weather === "snowy"
          ? mix(sky, mix(wet, WHITE, scene.time === "night" ? 0.15 : 0.5), 0.6)
          : sky;
  const gloom: Rgb = weather === "rainy" ? [205, 214, 228] : WHITE;
  return {
    skyTop: overcast(top),
    skyLow: overcast(low),
    glass: scene.time === "night" ? hex("#ffdf6b") : scene.time === "day" ? hex("#bfe7f8") : hex("#ffe3a8"),
    onObject: (colour) => {
      const lit = multiply(multiply(colour, nearTint), mix(gloom, WHITE, 0.4));
      return weather === "foggy" ? mix(lit, veil, 0.1) : lit;
    },
    onScenery: (colour, depth) => {
      const lit = multiply(multiply(colour, farTint), gloom);
      const haze = weather === "foggy" ? 0.45 + 0.4 * depth : 0.28 * depth;
      return mix(lit, weather === "foggy" ? veil : overcast(low), haze);
    },
  };
}

/** The unlit colour of one part of an object. */
export function toneColour(tone: Tone, scene: Scene, colour: Colour | null, material: Material | null): Rgb {
  const plain = plainTone(tone, scene, colour);
  if (!material) return plain;
  const [dark, light] = RAMPS[material];
  const level =
    tone === "glass"
      ? 0.2
      : tone === "main"
        ? 0.66
        : tone === "mainDark"
          ? 0.3
          : tone === "mainLight"
            ? 0.95
            : luminance(plain);
  return mix(dark, light, level);
}

function plainTone(tone: Tone, scene: Scene, colour: Colour | null): Rgb {
  const body = COLOUR_RGB[colour ?? "gray"];
  switch (tone) {
    case "main":
      return body;
    case "mainDark":
      return mix(body, SHADE, colour === "white" ? 0.17 : colour === "black" ? 0.4 : 0.3);
    case "mainLight":
      return colour === "white" ? hex("#e2e8f2") : mix(body, WHITE, colour === "black" ? 0.25 : 0.48);
    case "leaf":
      return hex(LEAF[scene.season]);
    case "leafDark":
      return hex(LEAF_DARK[scene.season]);
    case "pine":
      return hex("#1f7a55");
    case "pineTop":
      return scene.season === "winter" ? hex("#f1f6fc") : hex("#3c9a63");
    case "glass":
      return hex("#bfe7f8");
    default:
      return FIXED[tone] ?? WHITE;
  }
}
