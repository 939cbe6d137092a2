import { css, hex, mix } from "../palette";
import type { Brush } from "./brush";

const CREAM = hex("#fff6e4");

/** Widening faint strokes, moved down and right: a soft shadow without a blur filter. */
const shadow = (d: string, dx: number, dy: number, spread: number) =>
  `<g transform="translate(${dx} ${dy})" stroke="#1c1030" fill="#1c1030" stroke-linejoin="round">${[
    1, 0.55, 0.15,
  ]
    .map((share) => `<path d="${d}" opacity=".13" stroke-width="${(spread * share).toFixed(1)}"/>`)
    .join("")}</g>`;

/** Layers of coloured card: each throws a shadow, objects keep a cream cut edge. */
export const paperCutBrush: Brush = {
  defs: "",
  sky: (top, low) => {
    const bands = [0, 0.36, 0.68, 1].map((share) => css(mix(top, low, share)));
    const arcs = [
      "M0 62Q128 22 256 62V256H0Z",
      "M0 104Q128 62 256 104V256H0Z",
      "M0 142Q128 104 256 142V256H0Z",
    ];
    return `<rect width="256" height="256" fill="${bands[0]}"/>${arcs
      .map(
        (d, i) =>
          `<path d="${d}" transform="translate(0 -4)" opacity=".1" fill="#1c1030"/><path d="${d}" fill="${bands[i + 1]}"/>`,
      )
      .join("")}`;
  },
  layer: (d, colour) => `${shadow(d, 0, -1.5, 10)}<path d="${d}" fill="${css(colour)}"/>`,
  glow: (d, colour) => `${shadow(d, 1, 2, 6)}<path d="${d}" fill="${css(colour)}"/>`,
  object: (parts) => {
    const outline = parts.map(({ d }) => d).join("");
    const edge = `<path d="${outline}" fill="${css(CREAM)}" stroke="${css(CREAM)}" stroke-width="6" stroke-linejoin="round"/>`;
    const cards = parts
      .map(
        ({ d, colour, body, pattern }) =>
          `${body ? "" : `<path d="${d}" transform="translate(1 2)" fill="#1c1030" opacity=".22"/>`}<path d="${d}" fill="${css(mix(colour, CREAM, 0.06))}"/>${pattern}`,
      )
      .join("");
    return shadow(outline, 3, 4, 14) + edge + cards;
  },
  edge: 6,
  finish: "",
};
