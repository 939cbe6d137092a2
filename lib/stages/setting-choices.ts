import { realSteps } from "@/lib/diffusion/schedulers/create-schedule";
import { deriveSeed } from "@/lib/domain/derive-seed";
import { type DrawNoise, noiseOfSeed, turnNoise } from "@/lib/domain/draw-noise";
import type { RunConfig } from "@/lib/domain/run-config";
import {
  bandOf,
  bandRange,
  type ChosenDraw,
  type DrawSetting,
  hasBands,
  type SettingChoices,
} from "@/lib/domain/sampling/draw-settings";
import type { GeneratorManifest } from "@/lib/packs/manifest";

type ImageStageConfig = RunConfig["freeForm"] | RunConfig["region"];
type Defaults = GeneratorManifest["defaults"];

/** The settings that the draws of an edit may have: what the run says, else what the pack's authors say. */
export function settingChoices(
  stage: ImageStageConfig,
  defaults: Defaults,
  strength: number,
): SettingChoices {
  const steps = stage.steps ? [stage.steps] : defaults.steps;
  return {
    steps,
    costs: steps.map((count) => realSteps(count, strength)),
    range: stage.controlThreshold ?? defaults.controlThreshold,
    // Targets of one source cover the whole range, so that preference pairs differ.
    banded: stage.targetsPerSource === 1 && stage.control !== "none",
    varied: stage.targetsPerSource === 1,
  };
}

/**
 * The steps of a draw and the thresholds that it may have. Without a setting the steps are drawn at random and the whole
 * range is open, as published (UltraEdit §2.1).
 * @param source names the source of the draw, which decides the steps
 */
export function settingOf(
  { steps, range }: Pick<SettingChoices, "steps" | "range">,
  setting: DrawSetting | undefined,
  source: readonly (string | number)[],
): { steps: number; range: readonly [low: number, high: number] } {
  if (setting) return { steps: setting.steps, range: bandRange(range, setting.band) };
  return { steps: steps[deriveSeed("steps", ...source) % steps.length]!, range };
}

/**
 * The noise of a draw: its own, or the one that it takes up, turned towards its own as far as was chosen.
 * @param source names the source of the draw
 */
export function noiseOfDraw(chosen: ChosenDraw | undefined, source: readonly (string | number)[]): DrawNoise {
  const own = noiseOfSeed(deriveSeed("noise", ...source));
  return chosen?.noise ? turnNoise(chosen.noise, own, chosen.turn) : own;
}

/** The setting that a recipe was drawn with: its threshold is that of self-attention, whatever words are gated apart. */
export function settingOfRecipe(
  choices: Pick<SettingChoices, "range" | "banded">,
  recipe: { steps: number; control: { self: number } },
): DrawSetting {
  return { steps: recipe.steps, band: hasBands(choices) ? bandOf(choices.range, recipe.control.self) : null };
}
