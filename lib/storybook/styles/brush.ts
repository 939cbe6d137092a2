import type { Rgb } from "../palette";

export interface PaintedPart {
  readonly d: string;
  readonly colour: Rgb;
  /** Body parts carry patterns and the large-area shading. */
  readonly body: boolean;
  /** SVG of a pattern clipped to this part, or nothing. */
  readonly pattern: string;
}

/** How a style lays shapes on the picture; all answers are SVG fragments. */
export interface Brush {
  /** Definitions (gradients) used by the other fragments. */
  readonly defs: string;
  sky(top: Rgb, low: Rgb): string;
  /** One layer of scenery: a hill, a cloud, the ground. */
  layer(d: string, colour: Rgb): string;
  /** Light things in the sky: sun, moon, stars. */
  glow(d: string, colour: Rgb): string;
  /** An object in its own coordinates (about 100 high). */
  object(parts: readonly PaintedPart[]): string;
  /** Width of the line this style draws around an object, in object units; it belongs to the object's mask. */
  readonly edge: number;
  /** Drawn last, over everything: paper edges. */
  readonly finish: string;
  /** When set, the picture is drawn this many hard squares wide and enlarged. */
  readonly grid?: number;
}
