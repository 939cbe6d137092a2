import type { Style } from "../scene";
import type { Brush } from "./brush";
import { flatBrush } from "./flat";
import { paperCutBrush } from "./paper-cut";
import { watercolourBrush } from "./watercolour";

const BRUSHES: Partial<Record<Style, Brush>> = {
  flat: flatBrush,
  watercolour: watercolourBrush,
  "paper-cut": paperCutBrush,
};

export const brushOf = (style: Style): Brush => BRUSHES[style] ?? flatBrush;
