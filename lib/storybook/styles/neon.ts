import { css, hex, mix, type Rgb } from "../palette";
import type { Brush } from "./brush";

const DARK = hex("#0a0618");

/** The colour as light: as bright as a tube of its hue can be. */
function bright(colour: Rgb): Rgb {
  const top = Math.max(...colour, 1);
  const low = Math.min(...colour);
  const stretch = (value: number) => 60 + (195 * (value - low * 0.7)) / (top - low * 0.7);
  return [stretch(colour[0]), stretch(colour[1]), stretch(colour[2])];
}

/** A glowing tube along a shape's edge: wide faint strokes under a thin bright one. */
function tube(d: string, colour: Rgb, width: number): string {
  const light = css(bright(colour));
  const halo = [5, 3]
    .map((times) => `<path d="${d}" stroke="${light}" stroke-width="${width * times}" opacity=".16"/>`)
    .join("");
  return `<g fill="none" stroke-linejoin="round">${halo}<path d="${d}" stroke="${css(mix(bright(colour), [255, 255, 255], 0.35))}" stroke-width="${width}"/></g>`;
}

/** Signs in the night: dark shapes with glowing edges. */
export const neonBrush: Brush = {
  defs: "",
  sky: (top, low) =>
    `<linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="${css(mix(DARK, top, 0.14))}"/><stop offset=".7" stop-color="${css(mix(DARK, low, 0.32))}"/></linearGradient><rect width="256" height="256" fill="url(#sky)"/>`,
  layer: (d, colour) =>
    `<path d="${d}" fill="${css(mix(DARK, colour, 0.2))}"/>${tube(d, mix(colour, DARK, 0.25), 1.6)}`,
  glow: (d, colour) => `<path d="${d}" fill="${css(mix(DARK, colour, 0.4))}"/>${tube(d, colour, 2.4)}`,
  object: (parts) =>
    parts
      .map(
        ({ d, colour, pattern }) =>
          `<path d="${d}" fill="${css(mix(DARK, colour, 0.42))}"/>${pattern}${tube(d, colour, 2.4)}`,
      )
      .join(""),
  edge: 2.4,
  finish: "",
};
