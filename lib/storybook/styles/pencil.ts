import { css, hex, luminance, mix, type Rgb } from "../palette";
import type { Brush } from "./brush";

const PAPER = hex("#f7f3ea");
const GRAPHITE = hex("#4a4550");
const INK = css(GRAPHITE);
const tint = (colour: Rgb, share: number) => css(mix(PAPER, colour, share));

/** Slanting lines as a repeating gradient, which draws several times faster than an SVG pattern. */
const hatch = (id: string, dx: number, dy: number, opacity: number) =>
  `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="${dx}" y2="${dy}" spreadMethod="repeat"><stop offset=".55" stop-color="${INK}" stop-opacity="0"/><stop offset=".7" stop-color="${INK}" stop-opacity="${opacity}"/><stop offset=".9" stop-color="${INK}" stop-opacity="${opacity}"/><stop offset="1" stop-color="${INK}" stop-opacity="0"/></linearGradient>`;

/** Coloured pencil on rough paper: light tints, hatching for darker tones, graphite outlines. */
export const pencilBrush: Brush = {
  defs: hatch("hatch-a", 1.9, 2.3, 0.3) + hatch("hatch-b", -1.5, 2.6, 0.22),
  sky: (top, low) => {
    const strokes = Array.from({ length: 22 }, (_, i) => {
      const y = 6 + i * 6.5;
      return `M${8 + ((i * 37) % 30)} ${y}Q${90 + ((i * 53) % 60)} ${y - 5} ${226 + ((i * 29) % 24)} ${y + 2}`;
    }).join("");
    return `<rect width="256" height="256" fill="${css(PAPER)}"/><linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="${tint(top, 0.62)}"/><stop offset=".6" stop-color="${tint(low, 0.4)}"/></linearGradient><rect width="256" height="256" fill="url(#sky)" opacity=".8"/><path d="${strokes}" fill="none" stroke="${css(mix(top, GRAPHITE, 0.2))}" stroke-width="1.4" opacity=".28"/>`;
  },
  layer: (d, colour) =>
    `<path d="${d}" fill="${tint(colour, 0.62)}" stroke="${INK}" stroke-opacity=".75" stroke-width="1.4"/><path d="${d}" fill="url(#hatch-b)"/>`,
  glow: (d, colour) =>
    `<path d="${d}" fill="${tint(colour, 0.8)}" stroke="${INK}" stroke-opacity=".6" stroke-width="1.4"/>`,
  object: (parts) =>
    parts
      .map(({ d, colour, body, pattern }) => {
        const hatch = luminance(colour) < 0.62 || body ? `<path d="${d}" fill="url(#hatch-a)"/>` : "";
        return `<path d="${d}" fill="${tint(colour, 0.78)}"/>${pattern}${hatch}<path d="${d}" fill="none" stroke="${INK}" stroke-width="2" stroke-linejoin="round"/>`;
      })
      .join(""),
  edge: 2,
  finish: "",
};
