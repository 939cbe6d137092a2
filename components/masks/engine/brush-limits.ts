import type { BrushSettings, WandSettings } from "./mask-editor";

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

export const defaultBrush: BrushSettings = { size: 40, hardness: 1, stabiliser: 0, pressure: true };
export const defaultWand: WandSettings = { tolerance: 24, contiguous: true };

/** Settings inside their ranges, whatever was asked for. */
/** A size so many times as large, in whole pixels, and at least one pixel further. */
export function resizedBrush(size: number, factor: number): number {
  const next = Math.round(size * factor);
  return next === size ? next + Math.sign(factor - 1) : next;
}

export function limitBrush(brush: BrushSettings): BrushSettings {
  return {
    size: within(brush.size, 1, 2048),
    hardness: within(brush.hardness, 0, 1),
    stabiliser: within(brush.stabiliser, 0, 1),
    pressure: brush.pressure,
  };
}

export function limitWand(wand: WandSettings): WandSettings {
  return { tolerance: within(Math.round(wand.tolerance), 0, 255), contiguous: wand.contiguous };
}
