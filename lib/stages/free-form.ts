import type { GenerationRequest } from "@/lib/diffusion/types";
import { deriveSeed, deriveUnit } from "@/lib/domain/derive-seed";
import type { EditType } from "@/lib/domain/edit-types";
import { editedWords } from "@/lib/domain/edited-words";
import type { RgbImage } from "@/lib/domain/image";
import type { RecipeInputs } from "@/lib/domain/recipe";
import type { RunConfig, Thresholds } from "@/lib/domain/run-config";
import type { Scores } from "@/lib/domain/scores";
import { brokenThresholds, selectCandidates } from "@/lib/domain/selection";
import type { InferenceEngine } from "@/lib/inference/types";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { Crop } from "./anchor-image";

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

export interface DrawnCandidate {
  inputs: RecipeInputs;
  facts: {
    scheduler: string;
    noise: string;
    provider: string;
    runtime: string;
    graphs: string;
    unetRows: number;
  };
  source: RgbImage;
  target: RgbImage;
  scores: Scores;
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
  const { stage, thresholds } = settings;
  const drawn: Omit<DrawnCandidate, "selected" | "failures">[] = [];
  const failed: string[] = [];
  let passing = 0;
  for (let next = 0; next < stage.maxCandidates && passing < stage.keep; ) {
    const count = Math.min(stage.batch, stage.maxCandidates - next);
    const inputs = Array.from({ length: count }, (_, i) => recipeInputs(edit, settings, next + i));
    next += count;
    const outcomes = await engine.generatePairs(
      inputs.map((recipe) => toRequest(recipe, edit.anchor?.image)),
    );
    const pairs = outcomes.flatMap((outcome, i) => {
      if (outcome.ok) return [{ inputs: inputs[i]!, pair: outcome.pair }];
      failed.push(outcome.reason);
      return [];
    });
    const scored = await engine.score(
      pairs.map(({ pair }) => ({
        source: pair.source,
        target: pair.target,
        sourceCaption: edit.sourceCaption,
        targetCaption: edit.targetCaption,
      })),
    );
    for (const [i, { inputs: recipe, pair }] of pairs.entries()) {
      const { scores } = scored[i]!;
      if (brokenThresholds(scores, thresholds).length === 0) passing++;
      const { scheduler, noise, provider, runtime, steps, unetEvaluations } = pair.recipe;
      const graphs = steps.map((step) => (step.graph === "controlled" ? "c" : "p")).join("");
      drawn.push({
        inputs: recipe,
        facts: { scheduler, noise, provider, runtime, graphs, unetRows: unetEvaluations },
        source: pair.source,
        target: pair.target,
        scores,
      });
    }
    // Every draw of an edit whose texts the models refuse would fail alike.
    if (pairs.length === 0) break;
  }
  const verdicts = selectCandidates(
    drawn.map(({ scores }) => scores),
    thresholds,
    stage.keep,
  );
  return { candidates: drawn.map((candidate, i) => ({ ...candidate, ...verdicts[i]! })), failed };
}

/** The recipe of the `index`-th draw of an edit: seed and threshold derive from the run's seed and the edit alone. */
export function recipeInputs(edit: FreeFormEdit, settings: FreeFormSettings, index: number): RecipeInputs {
  const { stage, generator, pack, runSeed } = settings;
  const { defaults, sizes } = generator;
  const draw = [runSeed, edit.key, index] as const;
  const stepChoices = stage.steps ? [stage.steps] : defaults.steps;
  const [low, high] = stage.controlThreshold ?? defaults.controlThreshold;
  // One threshold for cross- and self-attention, as the paper draws it (§2.1).
  const threshold = low + (high - low) * deriveUnit("threshold", ...draw);
  const blends =
    stage.localBlend && stage.control !== "none" && generator.unet.crossMapsResolution !== undefined;
  const localBlend = blends ? editedWords(edit) : null;
  return {
    kind: "free-form",
    anchor: edit.anchor?.sha256 ?? null,
    crop: edit.anchor?.crop ?? null,
    // The anchor was brought to the pack's size that fits it best.
    size: edit.anchor ? [edit.anchor.image.height, edit.anchor.image.width] : sizes[0]!,
    sourceCaption: edit.sourceCaption,
    targetCaption: edit.targetCaption,
    instruction: edit.instruction,
    seed: deriveSeed("noise", ...draw),
    steps: stepChoices[deriveSeed("steps", ...draw) % stepChoices.length]!,
    strength: edit.anchor ? (stage.strength ?? defaults.strength) : 1,
    guidance: stage.guidance ?? defaults.guidance,
    ...(edit.anchor && (stage.source === "anchor" || edit.anchor.keep) && { keepAnchor: true as const }),
    control: { mode: stage.control, cross: threshold, self: threshold, localBlend },
    pack,
  };
}

/** The generation request that a recipe stands for. */
export function toRequest(recipe: RecipeInputs, anchor: RgbImage | undefined): GenerationRequest {
  const { sourceCaption, targetCaption, size, seed, steps, strength, guidance, keepAnchor, control } = recipe;
  return {
    sourceCaption,
    targetCaption,
    size,
    ...(anchor && { anchor }),
    seed,
    steps,
    strength,
    guidance,
    ...(keepAnchor && { keepAnchor }),
    control: {
      mode: control.mode,
      cross: control.cross,
      self: control.self,
      ...(control.localBlend && { localBlend: control.localBlend }),
    },
  };
}
