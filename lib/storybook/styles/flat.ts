import { css } from "../palette";
import type { Brush } from "./brush";

/** Clean vector shapes with a soft shadow on the ground. */
export const flatBrush: Brush = {
  defs: "",
  sky: (top, low) =>
    `<linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="${css(top)}"/><stop offset=".7" stop-color="${css(low)}"/></linearGradient><rect width="256" height="256" fill="url(#sky)"/>`,
  layer: (d, colour) => `<path d="${d}" fill="${css(colour)}"/>`,
  glow: (d, colour) =>
    `<path d="${d}" fill="${css(colour)}" stroke="${css(colour)}" stroke-opacity=".25" stroke-width="9"/>`,
  object: (parts) =>
    parts.map(({ d, colour, pattern }) => `<path d="${d}" fill="${css(colour)}"/>${pattern}`).join(""),
  edge: 0,
  finish: "",
};
