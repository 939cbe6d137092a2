import { z } from "zod";
import { drawNoiseSchema } from "../draw-noise";

/**
 * What draws of an edit may differ in besides their noise: the number of steps and the share of the steps under attention
 * control, both drawn at random in the published pipeline (UltraEdit §2.1).
 */
const drawSettingSchema = z.object({
  steps: z.int(),
  /** Which part of the range of attention thresholds, 0 the lowest; null is the whole range. */
  band: z.int().nullable(),
});
export type DrawSetting = Readonly<z.infer<typeof drawSettingSchema>>;

/** A draw as it was chosen: its setting and its noise. */
export const chosenDrawSchema = drawSettingSchema.extend({
  /** The noise that it takes up, of an earlier draw or between several of one lineage; null for new noise. */
  noise: drawNoiseSchema.nullable().default(null),
  /** How far that noise is turned towards the draw's own new one, as a share of a right angle. */
  turn: z.number().min(0).max(1).default(0),
});
export type ChosenDraw = Readonly<z.infer<typeof chosenDrawSchema>>;

export interface SettingChoices {
  readonly steps: readonly number[];
  /** UNet evaluations that a draw takes with each of `steps`. */
  readonly costs: readonly number[];
  /** Attention thresholds, each in [0,1]. */
  readonly range: readonly [low: number, high: number];
  /** Whether draws choose a part of the range; not where targets of one source are to cover all of it. */
  readonly banded: boolean;
  /** Whether draws may vary the noise of earlier ones; not where the source of several targets would be varied. */
  readonly varied: boolean;
}

/** Parts of the range: low, middle and high control. */
export const bandCount = 3;

/** The part of the range that a threshold lies in. */
export function bandOf([low, high]: readonly [number, number], threshold: number): number {
  if (high <= low) return 0;
  const band = Math.floor((bandCount * (threshold - low)) / (high - low));
  return Math.min(bandCount - 1, Math.max(0, band));
}

/** The thresholds of a part of the range. */
export function bandRange(
  [low, high]: readonly [number, number],
  band: number | null,
): readonly [low: number, high: number] {
  if (band === null) return [low, high];
  const width = (high - low) / bandCount;
  return [low + band * width, low + (band + 1) * width];
}

/** Whether draws have a part of the range each, or all of it. */
export function hasBands({ banded, range }: Pick<SettingChoices, "banded" | "range">): boolean {
  return banded && range[1] > range[0];
}

/** Every setting that a draw can have. */
export function allSettings(choices: SettingChoices): DrawSetting[] {
  const { steps } = choices;
  const bands = hasBands(choices) ? Array.from({ length: bandCount }, (_, band) => band) : [null];
  return steps.flatMap((count) => bands.map((band) => ({ steps: count, band })));
}
