import { UserError } from "@/lib/domain/errors";
import type { ScoreId } from "@/lib/domain/scores";
import { meanChange, regionChange } from "./measures/change";
import { flatShare } from "./measures/flat-share";
import { sharpness } from "./measures/sharpness";
import { misalignment } from "./measures/shift";
import { structuralSimilarity } from "./measures/structural-similarity";
import type { Embedders } from "./open-embedders";
import type { ScoreRequest, ScoreResult, TargetEmbedding } from "./types";
import { difference, dot, unitVector } from "./vectors";

/**
 * All scores of a pair, and what the encoder of looks saw of its target. A score that cannot be computed is left out and its reason given; a pack without CLIP
 * still gets its pixel scores.
 */
export async function scorePair(embedders: Embedders, request: ScoreRequest): Promise<ScoreResult> {
  const { source, target, mask } = request;
  requireSameSize(request);
  const scores: { [id in ScoreId]?: number } = {};
  const missing: Record<string, string> = {};
  let embedding: TargetEmbedding | undefined;
  const keep = (model: "clip" | "selfSupervised", vector: Float32Array) => {
    const encoder = embedders.imageEncoder;
    if (encoder?.model === model) embedding = { encoder: encoder.id, vector };
  };
  const set = (id: ScoreId, value: number | undefined, reason: string) => {
    if (value !== undefined && Number.isFinite(value)) scores[id] = value;
    else missing[id] = reason;
  };

  await orMissing(["clipSource", "clipTarget", "clipDirection", "clipImage"], missing, async () => {
    const [imageSource, imageTarget] = [await embedders.clipImage(source), await embedders.clipImage(target)];
    keep("clip", imageTarget);
    const [textSource, textTarget] = [
      await embedders.clipText(request.sourceCaption),
      await embedders.clipText(request.targetCaption),
    ];
    set("clipSource", dot(imageSource, textSource), "The source could not be compared with its caption.");
    set("clipTarget", dot(imageTarget, textTarget), "The target could not be compared with its caption.");
    set("clipImage", dot(imageSource, imageTarget), "The images could not be compared.");
    const imageChange = unitVector(difference(imageTarget, imageSource));
    const textChange = unitVector(difference(textTarget, textSource));
    const same = textChange ? "The images are the same to CLIP." : "The captions are the same to CLIP.";
    set("clipDirection", imageChange && textChange && dot(imageChange, textChange), same);
  });
  await orMissing(["dino"], missing, async () => {
    const [a, b] = [await embedders.selfSupervised(source), await embedders.selfSupervised(target)];
    keep("selfSupervised", b);
    set("dino", dot(a, b), "The images could not be compared.");
  });

  await orMissing(["unsafe"], missing, async () => {
    set("unsafe", await embedders.unsafe(target), "The classifier gave no number.");
  });

  set("ssim", structuralSimilarity(source, target), "The images are smaller than 7×7 pixels.");
  set("sharpness", sharpness(target), "The image is smaller than 3×3 pixels.");
  set("shift", misalignment(source, target, mask), "Too little lies outside the region to be compared.");
  set("blank", flatShare(target), "The image has no pixels.");
  if (mask) {
    const change = regionChange(source, target, mask);
    set("nearCopy", change.inside, "The mask is empty.");
    set("outsideChange", change.outside, "The mask covers the whole image.");
    set("leakage", change.leakage, "Nothing changed at all.");
  } else set("nearCopy", meanChange(source, target), "The image has no pixels.");
  return { scores, missing, ...(embedding && { embedding }) };
}

/** Runs `work`; if the pack cannot do it, the scores are missing for that reason. Other failures are thrown on. */
async function orMissing(
  ids: readonly ScoreId[],
  missing: Record<string, string>,
  work: () => Promise<void>,
) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const id of ids) missing[id] = error.message;
  }
}

function requireSameSize({ source, target, mask }: ScoreRequest): void {
  const differs = (other: { width: number; height: number }) =>
    other.width !== source.width || other.height !== source.height;
  if (differs(target))
    throw new UserError("bad-input", "Source and target must have the same size.", "target");
  if (mask && differs(mask))
    throw new UserError("bad-input", "The mask must have the size of the images.", "mask");
}
