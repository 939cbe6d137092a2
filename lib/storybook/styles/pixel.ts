import type { Brush } from "./brush";
import { flatBrush } from "./flat";

/** Flat shapes on a coarse grid of hard squares. */
export const pixelBrush: Brush = { ...flatBrush, grid: 64 };
