import { deriveSeed } from "@/lib/domain/derive-seed";
import type { EditType } from "@/lib/domain/edit-types";
import { editedWords } from "@/lib/domain/edited-words";
import type { RgbImage } from "@/lib/domain/image";
import type { FreeFormInputs } from "@/lib/domain/recipe";
import type { RunConfig, Thresholds } from "@/lib/domain/run-config";
import type { DrawSetting } from "@/lib/domain/sampling/draw-settings";
import { brokenThresholds, selectCandidates } from "@/lib/domain/selection";
import { thresholdsFor } from "@/lib/domain/thresholds";
import type { InferenceEngine } from "@/lib/inference/types";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { Crop } from "./anchor-image";
import { type DrawnPair, drawBatch } from "./draw-batch";
import { drawControl } from "./draw-control";
import { settingChoices, settingOf } from "./setting-choices";

export { toRequest } from "./draw-batch";

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
  thresholds: Thresholds;
  pack: { name: string; version: string; hash: string };
  generator: GeneratorManifest;
}

export interface DrawnCandidate extends DrawnPair {
  selected: boolean;
  failures: string[];
}

export interface FreeFormResult {
  candidates: DrawnCandidate[];
  /** Draws that failed, with the reason; they count as drawn. */
  failed: string[];
}

/**
 * Stage II for one edit (UltraEdit §2.1): draws candidates in small batches from the anchor, source and target by
 * prompt-to-prompt, scores each, and stops when `keep` have passed the thresholds or `maxCandidates` were drawn.
 */
export async function drawFreeForm(
  engine: InferenceEngine,
  edit: FreeFormEdit,
  settings: FreeFormSettings,
): Promise<FreeFormResult> {
  const { stage } = settings;
  const thresholds = thresholdsFor(settings.thresholds, "freeForm", edit.editType);
  const drawn: DrawnPair[] = [];
  const failed: string[] = [];
  let passing = 0;
  for (let next = 0; next < stage.maxCandidates && passing < stage.keep; ) {
    const count = Math.min(stage.batch, stage.maxCandidates - next);
    const recipes = Array.from({ length: count }, (_, i) => recipeInputs(edit, settings, next + i));
    next += count;
    const batch = await drawBatch(
      engine,
      recipes.map((recipe) => ({ recipe, anchor: edit.anchor?.image })),
    );
    failed.push(...batch.failed);
    for (const { pair } of batch.pairs) {
      if (brokenThresholds(pair.scores, thresholds).length === 0) passing++;
      drawn.push(pair);
    }
    // Every draw of an edit whose texts the models refuse would fail alike.
    if (batch.pairs.length === 0) break;
  }
  const verdicts = selectCandidates(
    drawn.map(({ scores }) => scores),
    thresholds,
    stage.keep,
  );
  return { candidates: drawn.map((candidate, i) => ({ ...candidate, ...verdicts[i]! })), failed };
}

/** The share of the noise schedule that runs: all of it where nothing is kept of an anchor. */
export function strengthOf(
  { stage, generator }: Pick<FreeFormSettings, "stage" | "generator">,
  anchored: boolean,
) {
  return anchored ? (stage.strength ?? generator.defaults.strength) : 1;
}

/**
 * The recipe of the `index`-th draw of an edit: seed and threshold derive from the run's seed and the edit alone. Draws
 * that share a source have its noise and steps in common and a threshold each.
 * @param setting steps and thresholds that the sampling plan has chosen; drawn at random if left out
 */
export function recipeInputs(
  edit: FreeFormEdit,
  settings: FreeFormSettings,
  index: number,
  setting?: DrawSetting,
): FreeFormInputs {
  const { stage, generator, pack, runSeed } = settings;
  const { defaults, sizes } = generator;
  const sourceDraw = [runSeed, edit.key, Math.floor(index / stage.targetsPerSource)] as const;
  const strength = strengthOf(settings, edit.anchor !== null);
  const { steps, range } = settingOf(settingChoices(stage, defaults, strength), setting, sourceDraw);
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
    seed: deriveSeed("noise", ...sourceDraw),
    steps,
    strength,
    guidance: stage.guidance ?? defaults.guidance,
    ...(edit.anchor && (stage.source === "anchor" || edit.anchor.keep) && { keepAnchor: true as const }),
    ...drawn,
    control: { ...drawn.control, localBlend },
    pack,
  };
}
