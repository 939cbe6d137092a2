import type { Style } from "../scene";
import type { Brush } from "./brush";
import { flatBrush } from "./flat";
import { neonBrush } from "./neon";
import { paperCutBrush } from "./paper-cut";
import { pencilBrush } from "./pencil";
import { pixelBrush } from "./pixel";
import { watercolourBrush } from "./watercolour";

const BRUSHES: Readonly<Record<Style, Brush>> = {
  flat: flatBrush,
  watercolour: watercolourBrush,
  "paper-cut": paperCutBrush,
  pencil: pencilBrush,
  neon: neonBrush,
  pixel: pixelBrush,
};

export const brushOf = (style: Style): Brush => BRUSHES[style];
