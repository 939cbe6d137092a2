import type { GenerationRequest, StepRecord } from "@/lib/diffusion/types";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import type { RecipeInputs } from "@/lib/domain/recipe";
import type { Scores } from "@/lib/domain/scores";
import type { InferenceEngine } from "@/lib/inference/types";
import type { ScoreResult, TargetEmbedding } from "@/lib/perception/types";

/** A candidate to be drawn: its recipe, and the pictures that the recipe names by their hashes. */
export interface PlannedDraw {
  readonly recipe: RecipeInputs;
  readonly anchor: RgbImage | undefined;
  /** The guiding mask of a region. */
  readonly mask?: MaskImage;
}

export interface DrawnPair {
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
  /** What scoring saw of the target. */
  embedding?: TargetEmbedding;
}

export interface DrawnBatch {
  /** By position in the batch; absent where the draw failed. */
  pairs: { index: number; pair: DrawnPair }[];
  /** Draws that failed, with the reason; they count as drawn. */
  failed: string[];
}

/** Draws and scores a batch of candidates of one edit. What one draw cannot do is said of it alone. */
export async function drawBatch(
  engine: Pick<InferenceEngine, "generatePairs" | "score">,
  draws: readonly PlannedDraw[],
): Promise<DrawnBatch> {
  const outcomes = await engine.generatePairs(
    draws.map(({ recipe, anchor, mask }) => toRequest(recipe, anchor, mask)),
  );
  const failed: string[] = [];
  const made = outcomes.flatMap((outcome, index) => {
    if (outcome.ok) return [{ index, draw: draws[index]!, made: outcome.pair }];
    failed.push(outcome.reason);
    return [];
  });
  const scored = await engine.score(
    made.map(({ draw: { recipe, mask }, made: { source, target } }) => ({
      source,
      target,
      sourceCaption: recipe.sourceCaption,
      targetCaption: recipe.targetCaption,
      ...(mask && { mask }),
    })),
  );
  const pairs = made.map(({ index, draw, made: { source, target, recipe } }, i) => {
    const { scheduler, noise, provider, runtime, steps, unetEvaluations } = recipe;
    const graphs = steps.map(graphLetter).join("");
    return {
      index,
      pair: {
        inputs: draw.recipe,
        facts: { scheduler, noise, provider, runtime, graphs, unetRows: unetEvaluations },
        source,
        target,
        ...seen(scored[i]!),
      },
    };
  });
  return { pairs, failed };
}

/** What a pair keeps of its scoring. */
export function seen({ scores, embedding }: ScoreResult): Pick<DrawnPair, "scores" | "embedding"> {
  return { scores, ...(embedding && { embedding }) };
}

function graphLetter({ graph, sourceGraph }: StepRecord): string {
  if (graph === "controlled") return "c";
  return sourceGraph === "controlled" ? "m" : "p";
}

/** The generation request that a recipe stands for. */
export function toRequest(
  recipe: RecipeInputs,
  anchor: RgbImage | undefined,
  mask?: MaskImage,
): GenerationRequest {
  const {
    sourceCaption,
    targetCaption,
    size,
    seed,
    noiseSum,
    steps,
    strength,
    guidance,
    keepAnchor,
    control,
  } = recipe;
  const { sourceControl } = recipe;
  return {
    sourceCaption,
    targetCaption,
    size,
    ...(anchor && { anchor }),
    seed,
    ...(noiseSum && { noiseSum }),
    steps,
    strength,
    guidance,
    ...(keepAnchor && { keepAnchor }),
    ...(sourceControl && { sourceControl }),
    control: {
      mode: control.mode,
      cross: control.cross,
      self: control.self,
      ...(control.crossWords && { crossWords: control.crossWords }),
      ...(control.reweights && { reweights: control.reweights }),
      ...(control.localBlend && { localBlend: control.localBlend }),
    },
    ...(recipe.kind === "region" &&
      mask && { region: { mask, blend: recipe.region.blend, featherPixels: recipe.region.feather } }),
  };
}
