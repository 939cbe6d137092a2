import { UserError } from "@/lib/domain/errors";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import { checkMask, type MaskCheck, type MaskLimits } from "@/lib/domain/masks/check-mask";
import { fullMask } from "@/lib/domain/masks/mask-shapes";
import { type RegionMasks, regionMasks } from "@/lib/domain/masks/region-masks";
import type { RegionRecord } from "@/lib/domain/region-record";
import type { RunConfig } from "@/lib/domain/run-config";
import type { InferenceEngine } from "@/lib/inference/types";
import type { ObjectChooser, ObjectQuestion } from "@/lib/instructions/choose-object/object-chooser";
import type { Detection } from "@/lib/perception/types";

export type RegionOutcome = { readonly record: RegionRecord; readonly masks: RegionMasks | null };

type Recogniser = Pick<InferenceEngine, "tag" | "detect" | "segmentEncode" | "segmentPrompt">;

const nothing: RegionRecord = {
  origin: "none",
  tags: [],
  choice: null,
  boxes: [],
  qualities: [],
  area: null,
  fragments: null,
  problem: null,
};

/**
 * Stage III's recognition for one edit (UltraEdit §2.1, A.3): tags of the anchor, the objects that the edit changes, their
 * boxes, and the union of their segments as the fine mask, with everything that was found or why there is no region.
 * @param picture the anchor at the generator's size; `key` names it to the segmenter, say by its hash
 */
export async function recogniseRegion(
  engine: Recogniser,
  picture: { key: string; image: RgbImage },
  question: Omit<ObjectQuestion, "tags">,
  { stage, chooser, signal }: { stage: RunConfig["region"]; chooser: ObjectChooser; signal?: AbortSignal },
): Promise<RegionOutcome> {
  const { image } = picture;
  const batch = { priority: "batch" } as const;
  try {
    const tags = await engine.tag(image, batch).catch(orElse([]));
    const choice = await chooser.choose({ ...question, tags: tags.map(({ tag }) => tag) }, signal);
    const known = { ...nothing, tags, choice: { ...choice, objects: [...choice.objects] } };
    if (choice.objects.length === 0) {
      if (stage.withoutObject !== "whole-image") return refused(known, "no-object", choice.reason);
      const full = fullMask(image.width, image.height);
      return {
        record: { ...known, origin: "whole-image", area: 1, fragments: 1 },
        masks: { fine: full, contour: full, box: full },
      };
    }
    const found = await detectObjects(engine, image, choice.objects, stage.boxThreshold);
    const boxes = found.map((detection, i) => ({
      ...detection,
      used: stage.boxes === "all" || found.findIndex(({ query }) => query === detection.query) === i,
    }));
    const used = boxes.filter((detection) => detection.used);
    if (used.length === 0) {
      const names = choice.objects.map((name) => `“${name}”`).join(" and ");
      return refused({ ...known, boxes }, "not-found", `The detector does not find ${names} in the picture.`);
    }
    await engine.segmentEncode(picture.key, image, batch);
    const segments: MaskImage[] = [];
    const qualities: number[] = [];
    for (const { box } of used) {
      const [best] = await engine.segmentPrompt(picture.key, { box }, batch);
      if (!best) continue;
      segments.push(best.mask);
      qualities.push(best.quality);
    }
    if (segments.length === 0)
      return refused({ ...known, boxes }, "empty", "The segmenter sees nothing in the box.");
    const masks = regionMasks(
      segments,
      used.map(({ box }) => box),
    );
    const limits = { area: stage.area, fragments: stage.fragments };
    return judged({ ...known, origin: "recognised", boxes, qualities }, masks, limits);
  } catch (error) {
    // A pack without a detector or segmenter cannot do it for any edit; that is no failure of this one.
    if (error instanceof UserError && isMissingRole(error))
      return refused(nothing, "no-models", error.message);
    throw error;
  }
}

/**
 * Boxes of the objects, best first. An object that is not found by its full name is looked for by its last word: the
 * detector may know a robot and not what a golden one looks like.
 */
async function detectObjects(
  engine: Recogniser,
  image: RgbImage,
  objects: readonly string[],
  threshold: number | undefined,
): Promise<Detection[]> {
  const options = { priority: "batch", ...(threshold !== undefined && { threshold }) } as const;
  const found = await engine.detect(image, objects, options);
  const short = objects
    .filter((object) => object.includes(" ") && !found.some(({ query }) => query === object))
    .map((object) => object.split(" ").at(-1)!);
  const others = [...new Set(short)].filter((name) => !objects.includes(name));
  return others.length > 0 ? [...found, ...(await engine.detect(image, others, options))] : found;
}

/**
 * A person's mask as the region, at the generator's size. Nothing outside of what was drawn changes, so nothing widens
 * it, and of the filters only those for an empty mask hold: people may mean the whole picture.
 */
export function humanRegion(mask: MaskImage): RegionOutcome {
  const drawn = { ...nothing, origin: "human" as const };
  const limits = { area: [0, Number.POSITIVE_INFINITY] as const, fragments: Number.POSITIVE_INFINITY };
  const check = checkMask(mask, limits);
  const masks = regionMasks([mask], []);
  const measured = { ...drawn, area: check.area, fragments: check.fragments };
  if (check.area > 0) return { record: measured, masks };
  return {
    record: { ...measured, problem: { code: "empty", reason: "The drawn mask is empty." } },
    masks: null,
  };
}

function judged(record: RegionRecord, masks: RegionMasks, limits: MaskLimits): RegionOutcome {
  const { area, fragments, problem }: MaskCheck = checkMask(masks.fine, limits);
  const measured = { ...record, area, fragments };
  // The masks are kept either way: people look at them to see what went wrong.
  return { record: problem ? { ...measured, problem } : measured, masks };
}

function refused(
  record: RegionRecord,
  code: NonNullable<RegionRecord["problem"]>["code"],
  reason: string,
): RegionOutcome {
  return { record: { ...record, problem: { code, reason } }, masks: null };
}

const isMissingRole = ({ code, subject }: UserError): boolean =>
  code === "unavailable" && ["tagger", "detector", "segmenter"].some((role) => subject?.startsWith(role));

function orElse<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof UserError && isMissingRole(error)) return value;
    throw error;
  };
}
