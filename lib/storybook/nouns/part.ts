import type { Place } from "../scene";

/** What a part is made of; the palette turns it into a colour for the scene's season, time and weather. */
export type Tone =
  | "main"
  | "mainDark"
  | "mainLight"
  | "leaf"
  | "leafDark"
  | "pine"
  | "pineTop"
  | "ink"
  | "white"
  | "cream"
  | "skin"
  | "wood"
  | "woodDark"
  | "metal"
  | "metalDark"
  | "glass"
  | "beak"
  | "rose"
  | "hair"
  | "red"
  | "yellow"
  | "blue"
  | "green"
  | "stone"
  | "stoneDark";

/** One filled shape in the noun's own coordinates: base at (0,0), top near y = -100, x grows to the right. */
export interface Part {
  readonly d: string;
  readonly tone: Tone;
}

export interface NounDrawing {
  readonly noun: string;
  /** Family used for sensible replacements and captions. */
  readonly family: "vehicle" | "building" | "animal" | "person" | "plant" | "thing";
  /** Whether it takes one of the named colours. */
  readonly coloured: boolean;
  /** ground: stands; water: floats where the place has water; sky: hangs in the air. */
  readonly zone: "ground" | "water" | "sky";
  /** Width over height of the drawing. */
  readonly aspect: number;
  /** Height as a share of the picture's height when it is alone. */
  readonly height: number;
  /** Places it belongs to; all when absent. */
  readonly places?: readonly Place[];
  readonly parts: readonly Part[];
}

const n = (value: number) => String(Math.round(value * 100) / 100);

export const ellipse = (cx: number, cy: number, rx: number, ry: number = rx) =>
  `M${n(cx - rx)} ${n(cy)}a${n(rx)} ${n(ry)} 0 1 1 ${n(2 * rx)} 0a${n(rx)} ${n(ry)} 0 1 1 ${n(-2 * rx)} 0Z`;

/** A rectangle with corners of radius r. */
export function box(x: number, y: number, w: number, h: number, r = 0): string {
  if (r === 0) return `M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}Z`;
  const arc = (dx: number, dy: number) => `a${n(r)} ${n(r)} 0 0 1 ${n(dx)} ${n(dy)}`;
  return `M${n(x + r)} ${n(y)}h${n(w - 2 * r)}${arc(r, r)}v${n(h - 2 * r)}${arc(-r, r)}h${n(2 * r - w)}${arc(-r, -r)}v${n(2 * r - h)}${arc(r, -r)}Z`;
}

export const polygon = (...points: readonly (readonly [number, number])[]) =>
  `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join("L")}Z`;

/** A closed band of the given width around a straight line, with round ends left out. */
export function bar(x1: number, y1: number, x2: number, y2: number, width: number): string {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const dx = ((y2 - y1) / length) * (width / 2);
  const dy = ((x2 - x1) / length) * (width / 2);
  return polygon([x1 + dx, y1 - dy], [x2 + dx, y2 - dy], [x2 - dx, y2 + dy], [x1 - dx, y1 + dy]);
}

export const part = (tone: Tone, ...paths: readonly string[]): Part => ({ tone, d: paths.join("") });
