import { isOneSeed, rootOf } from "@/lib/domain/draw-noise";
import type { EditType } from "@/lib/domain/edit-types";
import { editedWords } from "@/lib/domain/edited-words";
import type { RgbImage } from "@/lib/domain/image";
import type { FreeFormInputs } from "@/lib/domain/recipe";
import type { RunConfig } from "@/lib/domain/run-config";
import type { ChosenDraw } from "@/lib/domain/sampling/draw-settings";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { Crop } from "./anchor-image";
import { drawControl } from "./draw-control";
import { noiseOfDraw, settingChoices, settingOf } from "./setting-choices";

/** One edit as Stage II takes it. */
export interface FreeFormEdit {
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
  editType: EditType;
  /** What the edit is about, named as in the caption; null for the whole image. */
  editObject: string | null;
  /** Names the edit within its run, so that its seeds are its own whatever else the run does. */
  key: string;
  /**
   * The anchor at the generator's size with its hash, or null for the anchor-free ablation. With `keep` it is the
   * source itself whatever the run says, as in a later turn of a chain.
   */
  anchor: { sha256: string; image: RgbImage; crop: Crop; keep?: boolean } | null;
}

export interface FreeFormSettings {
  runSeed: number;
  stage: RunConfig["freeForm"];
  pack: { name: string; version: string; hash: string };
  generator: GeneratorManifest;
}

/** The share of the noise schedule that runs: all of it where nothing is kept of an anchor. */
export function strengthOf(
  { stage, generator }: Pick<FreeFormSettings, "stage" | "generator">,
  anchored: boolean,
) {
  return anchored ? (stage.strength ?? generator.defaults.strength) : 1;
}

/**
 * The recipe of the `index`-th draw of an edit: what is not chosen derives from the run's seed and the edit alone. Draws
 * that share a source have its noise and steps in common and a threshold each.
 * @param chosen noise, steps and thresholds that the sampling plan has chosen; drawn at random if left out
 */
export function recipeInputs(
  edit: FreeFormEdit,
  settings: FreeFormSettings,
  index: number,
  chosen?: ChosenDraw,
): FreeFormInputs {
  const { stage, generator, pack, runSeed } = settings;
  const { defaults, sizes } = generator;
  const sourceDraw = [runSeed, edit.key, Math.floor(index / stage.targetsPerSource)] as const;
  const strength = strengthOf(settings, edit.anchor !== null);
  const { steps, range } = settingOf(settingChoices(stage, defaults, strength), chosen, sourceDraw);
  const noise = noiseOfDraw(chosen, sourceDraw);
  const drawn = drawControl({ runSeed, edit, range, stage }, index);
  const blends =
    stage.localBlend && stage.control !== "none" && generator.unet.crossMapsResolution !== undefined;
  const words = blends ? editedWords(edit) : null;
  const localBlend = words && { ...words, threshold: defaults.blendThreshold };
  return {
    kind: "free-form",
    anchor: edit.anchor?.sha256 ?? null,
    crop: edit.anchor?.crop ?? null,
    // The anchor was brought to the pack's size that fits it best.
    size: edit.anchor ? [edit.anchor.image.height, edit.anchor.image.width] : sizes[0]!,
    sourceCaption: edit.sourceCaption,
    targetCaption: edit.targetCaption,
    instruction: edit.instruction,
    seed: rootOf(noise),
    ...(!isOneSeed(noise) && { noiseSum: noise }),
    steps,
    strength,
    guidance: stage.guidance ?? defaults.guidance,
    ...(edit.anchor && (stage.source === "anchor" || edit.anchor.keep) && { keepAnchor: true as const }),
    ...drawn,
    control: { ...drawn.control, localBlend },
    pack,
  };
}
