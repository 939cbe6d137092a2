import { deriveUnit } from "@/lib/domain/derive-seed";
import { isOneSeed, rootOf } from "@/lib/domain/draw-noise";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import { maskFragments } from "@/lib/domain/masks/fragments";
import { guidingMask, type RegionMasks } from "@/lib/domain/masks/region-masks";
import { guidingMasks } from "@/lib/domain/masks/soft-mask";
import type { RegionInputs } from "@/lib/domain/recipe";
import type { RunConfig } from "@/lib/domain/run-config";
import type { ChosenDraw } from "@/lib/domain/sampling/draw-settings";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { Crop } from "./anchor-image";
import { drawControl } from "./draw-control";
import { noiseOfDraw, settingChoices, settingOf } from "./setting-choices";

/** One edit as Stage III draws it, with the region that was recognised or drawn. */
export interface RegionEdit {
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
  /** Names the edit within its run, so that its seeds are its own whatever else the run does. */
  key: string;
  /** The anchor at the generator's size with its hash. With `keep` it is the source itself. */
  anchor: { sha256: string; image: RgbImage; crop: Crop; keep?: boolean };
  masks: RegionMasks;
  origin: "recognised" | "human" | "whole-image";
}

export interface RegionSettings {
  runSeed: number;
  stage: RunConfig["region"];
  pack: { name: string; version: string; hash: string };
  generator: GeneratorManifest;
}

/** The mask that guides a draw, before it is stored. */
export interface GuidingMask {
  readonly mask: MaskImage;
  readonly kind: RegionInputs["region"]["kind"];
  readonly softness: number | null;
}

/**
 * The guiding mask of the `index`-th draw. Softness belongs to the source that draws share or vary, and comes in tenths, so
 * that an edit has few masks. A person's mask guides as it was drawn.
 */
export function guideOf(
  edit: RegionEdit,
  settings: RegionSettings,
  index: number,
  chosen?: ChosenDraw,
): GuidingMask {
  const { stage, runSeed } = settings;
  const { fine } = edit.masks;
  if (edit.origin === "human") return { mask: fine, kind: "human", softness: null };
  if (edit.origin === "whole-image") return { mask: fine, kind: "full", softness: null };
  const seed = rootOf(noiseOfDraw(chosen, sourceNames(runSeed, edit.key, stage, index)));
  const soft = deriveUnit("soft", seed) < stage.softShare;
  const [low, high] = stage.softness;
  const softness = soft ? Math.round(10 * (low + (high - low) * deriveUnit("softness", seed))) / 10 : null;
  const mask = guidingMask(edit.masks, softness, stage.maskRule);
  if (softness !== null) return { mask, kind: "soft", softness };
  const { primary } =
    stage.maskRule === "paper" ? { primary: "fine" as const } : guidingMasks(maskFragments(fine).length);
  return { mask, kind: primary === "contour" ? "contour" : "fine", softness };
}

/**
 * The recipe of the `index`-th draw of a region edit (UltraEdit §2.1, A.3); what is not chosen derives from the run's seed and the
 * edit alone.
 * @param guide the guiding mask, and the hash of its PNG in the object store
 * @param chosen noise, steps and thresholds that the sampling plan has chosen; drawn at random if left out
 */
export function regionInputs(
  edit: RegionEdit,
  settings: RegionSettings,
  index: number,
  guide: GuidingMask & { sha256: string },
  chosen?: ChosenDraw,
): RegionInputs {
  const { stage, generator, pack, runSeed } = settings;
  const { image, crop, sha256, keep } = edit.anchor;
  const defaults = { ...generator.defaults, ...generator.regionDefaults };
  const source = sourceNames(runSeed, edit.key, stage, index);
  const strength = stage.strength ?? defaults.strength;
  const { steps, range } = settingOf(settingChoices(stage, defaults, strength), chosen, source);
  const noise = noiseOfDraw(chosen, source);
  const drawn = drawControl({ runSeed, edit, range, stage }, index);
  return {
    kind: "region",
    anchor: sha256,
    crop,
    size: [image.height, image.width],
    sourceCaption: edit.sourceCaption,
    targetCaption: edit.targetCaption,
    instruction: edit.instruction,
    seed: rootOf(noise),
    ...(!isOneSeed(noise) && { noiseSum: noise }),
    steps,
    strength,
    guidance: stage.guidance ?? defaults.guidance,
    ...((stage.source === "anchor" || keep) && { keepAnchor: true as const }),
    ...drawn,
    control: { ...drawn.control, localBlend: null },
    pack,
    region: {
      mask: guide.sha256,
      kind: guide.kind,
      softness: guide.softness,
      rule: stage.maskRule,
      blend: stage.blend,
      feather: stage.feather,
    },
  };
}

/** What names the source that a draw shares with its neighbours. */
function sourceNames(runSeed: number, key: string, stage: RunConfig["region"], index: number) {
  return [runSeed, key, Math.floor(index / stage.targetsPerSource)] as const;
}
