import { css, hex, mix, type Rgb } from "../palette";
import type { Brush } from "./brush";

const PAPER = hex("#fdf8ec");
const PAPER_CSS = css(PAPER);
const deepen = (colour: Rgb) => mix(colour, [40, 30, 80], 0.35);
const wash = (colour: Rgb) => mix(colour, PAPER, 0.2);

/** Translucent washes that pool darker at the edge, on warm paper with an uneven white border. */
export const watercolourBrush: Brush = {
  defs:
    `<radialGradient id="bloom" cx=".35" cy=".3" r=".85"><stop offset="0" stop-color="${PAPER_CSS}" stop-opacity=".55"/><stop offset=".55" stop-color="${PAPER_CSS}" stop-opacity=".06"/><stop offset="1" stop-color="#2a2050" stop-opacity=".24"/></radialGradient>` +
    `<linearGradient id="pool" x2="0" y2="1"><stop offset="0" stop-color="#2a2050" stop-opacity=".16"/><stop offset=".45" stop-color="${PAPER_CSS}" stop-opacity=".28"/><stop offset="1" stop-color="#2a2050" stop-opacity=".1"/></linearGradient>`,
  sky: (top, low) => {
    const cloudy = (cx: number, cy: number, rx: number, ry: number, o: number) =>
      `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${PAPER_CSS}" opacity="${o}"/>`;
    return (
      `<rect width="256" height="256" fill="${PAPER_CSS}"/>` +
      `<linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="${css(top)}" stop-opacity=".95"/><stop offset=".62" stop-color="${css(low)}" stop-opacity=".75"/></linearGradient><rect width="256" height="256" fill="url(#sky)"/>` +
      cloudy(70, 84, 92, 26, 0.2) +
      cloudy(60, 88, 60, 15, 0.22) +
      cloudy(196, 46, 74, 20, 0.2) +
      cloudy(200, 48, 46, 11, 0.22)
    );
  },
  layer: (d, colour) =>
    `<path d="${d}" fill="${css(wash(colour))}" fill-opacity=".86" stroke="${css(deepen(colour))}" stroke-opacity=".28" stroke-width="3"/><path d="${d}" fill="url(#pool)"/>`,
  glow: (d, colour) =>
    `<path d="${d}" fill="${css(colour)}" fill-opacity=".85" stroke="${css(colour)}" stroke-opacity=".3" stroke-width="12"/>`,
  object: (parts) => {
    const outline = parts.map(({ d }) => d).join("");
    const washes = parts
      .map(({ d, colour, body, pattern }) => {
        const edge = `stroke="${css(deepen(colour))}" stroke-opacity=".4" stroke-width="2.4" stroke-linejoin="round"`;
        const fill = `<path d="${d}" fill="${css(mix(colour, PAPER, 0.1))}" fill-opacity=".9" ${edge}/>`;
        return body ? `${fill}<path d="${d}" fill="url(#bloom)"/>${pattern}` : fill + pattern;
      })
      .join("");
    return `<path d="${outline}" fill="${PAPER_CSS}" opacity=".75"/>${washes}`;
  },
  edge: 2.4,
  finish: `<path fill-rule="evenodd" fill="${PAPER_CSS}" d="M0 0H256V256H0ZM9 12Q60 6 128 10T247 9Q252 70 248 128T248 247Q190 251 128 247T9 248Q5 190 9 128T9 12Z"/>`,
};
