import type { MaskLevels } from "./mask-levels";
import type { MaskLook } from "./mask-raster";
import type { Scene } from "./scene";

/** The proposal's and the reference layer's colours: apart from each other and from the mask's default, also for the colour-blind. */
const proposalColour = "#00b7ff";
const layerColour = "#ffd60a";
const proposalOpacity = 0.5;
const layerOpacity = 0.3;

/** The masks to draw from below to above: reference layer, mask, proposal; in the matte view the mask is the ground. */
export function masksToDraw(scene: Scene): MaskLook[] {
  const { settings, mask, layer, proposal, dark } = scene;
  const { display, color, opacity, levels, outline } = settings;
  const matte = display === "matte";
  const outlined = display === "outline" || display === "both";
  const beside = (of: MaskLevels | null, colour: string, share: number): MaskLook[] =>
    of
      ? [
          {
            levels: of,
            palette: overlayPalette(colour, share, levels),
            edge: pixelOf(colour, 255),
            marching: false,
          },
        ]
      : [];
  const own: MaskLook = {
    levels: mask,
    palette: matte
      ? mattePalette(levels)
      : overlayPalette(color, display === "outline" ? 0 : opacity, levels),
    edge: outlined ? pixelOf(color, 255) : null,
    marching: outline === "marching",
  };
  // A blank mask is seen in the matte view alone.
  const shown = display !== "hidden" && !dark && (matte || !mask.blank) ? [own] : [];
  const below = beside(layer, layerColour, layerOpacity);
  return [
    ...(matte ? [...shown, ...below] : [...below, ...shown]),
    ...beside(proposal, proposalColour, proposalOpacity),
  ];
}

const palettes = new Map<string, Uint32Array>();

export function overlayPalette(colour: string, opacity: number, levels: "soft" | "hard"): Uint32Array {
  return palette(`${colour} ${opacity} ${levels}`, (level) =>
    pixelOf(colour, Math.round(opacity * shownLevel(level, levels))),
  );
}

function mattePalette(levels: "soft" | "hard"): Uint32Array {
  return palette(`matte ${levels}`, (level) => {
    const grey = shownLevel(level, levels);
    return ((255 << 24) | (grey << 16) | (grey << 8) | grey) >>> 0;
  });
}

const shownLevel = (level: number, levels: "soft" | "hard") =>
  levels === "soft" ? level : level > 127 ? 255 : 0;

function palette(name: string, pixel: (level: number) => number): Uint32Array {
  const known = palettes.get(name);
  if (known) return known;
  const made = Uint32Array.from({ length: 256 }, (_, level) => pixel(level));
  // A slider of the opacity passes through many.
  if (palettes.size > 64) palettes.clear();
  palettes.set(name, made);
  return made;
}

/** `#rrggbb` as a canvas pixel, little-endian RGBA. */
function pixelOf(colour: string, alpha: number): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) || 0);
  return ((alpha << 24) | (blue! << 16) | (green! << 8) | red!) >>> 0;
}
