import type { PixelBox } from "@/lib/domain/image";
import { regionMasks } from "@/lib/domain/masks/region-masks";
import { runConfigSchema } from "@/lib/domain/run-config";
import type { ChosenDraw, SettingChoices } from "@/lib/domain/sampling/draw-settings";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { PlannedDraw } from "@/lib/stages/draw-batch";
import { type FreeFormEdit, recipeInputs } from "@/lib/stages/free-form";
import { guideOf, type RegionEdit, regionInputs } from "@/lib/stages/region";
import { settingChoices } from "@/lib/stages/setting-choices";
import type { KnownEdit } from "./ground-truth";

/** Ways to draw the same edits. `free` is Stage II and `region` Stage III of a run, with settings drawn at random. */
export const arms = ["free", "no-anchor", "no-control", "hard", "soft", "region"] as const;
/** The same two stages as the sampling plan of a run draws them, by two sets of rules. */
export const adaptiveArms = ["thrifty-free", "choosy-free", "thrifty-region", "choosy-region"] as const;
export type AdaptiveArm = (typeof adaptiveArms)[number];
export type Arm = (typeof arms)[number] | AdaptiveArm;

const regionArms: readonly Arm[] = ["hard", "soft", "region", "thrifty-region", "choosy-region"];

export function isRegionArm(arm: Arm): boolean {
  return regionArms.includes(arm);
}

export interface ArmSettings {
  pack: { name: string; version: string; hash: string };
  generator: GeneratorManifest;
}

const runSeed = 1;
const config = runConfigSchema.parse({ name: "experiment" });

/** Whether an arm can draw an edit: a region needs an edit of one thing. */
export function canDraw(arm: Arm, { edit }: KnownEdit): boolean {
  return !isRegionArm(arm) || edit.region;
}

type PlanDraw = (
  arm: Arm,
  known: KnownEdit,
  settings: ArmSettings,
  index: number,
  chosen?: ChosenDraw,
) => PlannedDraw;

/** One draw of an arm. All arms use the same seeds, so that what differs is the arm. */
export const planDraw: PlanDraw = (arm, ...rest) => (isRegionArm(arm) ? planRegion : planFree)(arm, ...rest);

/** The settings that draws of an arm have. */
export function choicesOf(
  arm: Arm,
  { generator: { defaults, regionDefaults } }: ArmSettings,
): SettingChoices {
  const own = isRegionArm(arm) ? { ...defaults, ...regionDefaults } : defaults;
  return settingChoices(isRegionArm(arm) ? config.region : config.freeForm, own, own.strength);
}

const planFree: PlanDraw = (arm, known, settings, index, chosen) => {
  const stage = { ...config.freeForm, ...(arm === "no-control" && { control: "none" as const }) };
  const anchor = arm === "no-anchor" ? null : anchorOf(known);
  const edit: FreeFormEdit = { ...known.edit, editType: known.editType, key: known.key, anchor };
  return {
    recipe: recipeInputs(edit, { runSeed, stage, ...settings }, index, chosen),
    anchor: anchor?.image,
  };
};

/** The region is the exact one, so that the arms differ in the mask's softness and in nothing else. */
const planRegion: PlanDraw = (arm, known, settings, index, chosen) => {
  const softness: [number, number] = [0.5, 0.5];
  const stage =
    arm === "hard" || arm === "soft"
      ? { ...config.region, softShare: arm === "soft" ? 1 : 0, softness }
      : config.region;
  const anchor = anchorOf(known);
  const edit: RegionEdit = {
    ...known.edit,
    key: known.key,
    anchor,
    masks: regionMasks([known.mask], [boundsOf(known)]),
    origin: "recognised",
  };
  const guide = guideOf(edit, { runSeed, stage, ...settings }, index, chosen);
  const recipe = regionInputs(
    edit,
    { runSeed, stage, ...settings },
    index,
    { ...guide, sha256: "exact" },
    chosen,
  );
  return { recipe, anchor: anchor.image, mask: guide.mask };
};

function anchorOf({ scene, sceneSha }: KnownEdit) {
  const crop: [number, number, number, number] = [0, 0, scene.width, scene.height];
  return { sha256: sceneSha, image: scene, crop };
}

function boundsOf({ mask }: KnownEdit): PixelBox {
  let [left, top, right, bottom] = [mask.width, mask.height, -1, -1];
  mask.data.forEach((level, i) => {
    if (level === 0) return;
    const x = i % mask.width;
    const y = (i - x) / mask.width;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), y];
  });
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
