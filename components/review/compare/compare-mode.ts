export const compareModes = ["side", "slider", "flicker", "difference", "mask"] as const;
export type CompareMode = (typeof compareModes)[number];

export const compareModeNames: Record<CompareMode, string> = {
  side: "Side by side",
  slider: "Slider",
  flicker: "Flicker",
  difference: "Difference",
  mask: "Mask",
};

export function modeAfter(mode: CompareMode): CompareMode {
  return compareModes[(compareModes.indexOf(mode) + 1) % compareModes.length]!;
}
