import { deriveUnit } from "@/lib/domain/derive-seed";
import { changedWords } from "@/lib/domain/edited-words";
import type { RecipeInputs } from "@/lib/domain/recipe";
import type { RunConfig } from "@/lib/domain/run-config";

interface ControlSettings {
  readonly runSeed: number;
  readonly edit: { readonly key: string; readonly sourceCaption: string; readonly targetCaption: string };
  /** Range of the share of steps under control. */
  readonly range: readonly [low: number, high: number];
  readonly stage: Pick<RunConfig["region"], "control" | "targetsPerSource" | "gatedWords" | "emphasis">;
}

type DrawnControl = Pick<RecipeInputs, "sourceControl"> & {
  control: Omit<RecipeInputs["control"], "localBlend">;
};

/**
 * The attention control of the `index`-th draw of an edit: one threshold for cross- and self-attention alike, as the paper
 * draws it (UltraEdit §2.1), for all words or for those that changed.
 */
export function drawControl(settings: ControlSettings, index: number): DrawnControl {
  const { edit, stage } = settings;
  const threshold = thresholdOf(settings, index);
  // Without control nothing of the source's attention is kept, and there is nothing to keep longer.
  const changed = stage.control === "none" ? null : changedWords(edit);
  const added = [...new Set(changed?.added ?? [])];
  const gated = stage.gatedWords === "changed" && added.length > 0;
  const each = (value: number) => Object.fromEntries(added.map((word) => [word, value]));
  const widest = widestOfSource(settings, index);
  return {
    ...(widest !== undefined && { sourceControl: { cross: gated ? 1 : widest, self: widest } }),
    control: {
      mode: stage.control,
      cross: gated ? 1 : threshold,
      ...(gated && { crossWords: each(threshold) }),
      ...(stage.emphasis !== undefined && added.length > 0 && { reweights: each(stage.emphasis) }),
      self: threshold,
    },
  };
}

function thresholdOf({ runSeed, edit, range: [low, high] }: ControlSettings, index: number): number {
  return low + (high - low) * deriveUnit("threshold", runSeed, edit.key, index);
}

/** The largest threshold among the draws that share their source with the `index`-th; undefined for a source of one. */
function widestOfSource(settings: ControlSettings, index: number): number | undefined {
  const { targetsPerSource } = settings.stage;
  if (targetsPerSource === 1) return undefined;
  const first = Math.floor(index / targetsPerSource) * targetsPerSource;
  return Math.max(...Array.from({ length: targetsPerSource }, (_, i) => thresholdOf(settings, first + i)));
}
