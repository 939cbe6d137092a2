import { deriveUnit } from "./derive-seed";
import { type EditType, editTypeInfo } from "./edit-types";
import type { RunConfig } from "./run-config";
import type { ImageStage } from "./thresholds";

/**
 * The stage that an edit goes through: Stage III if the run has it, the edit can be confined to a region and the
 * edit's lot falls within the configured share; else Stage II. Null where the run makes no images.
 * @param key names the edit within its run, so that its lot does not depend on other edits
 */
export function stageOfEdit(
  config: Pick<RunConfig, "seed" | "freeForm" | "region">,
  edit: { editType: EditType; key: string },
): ImageStage | null {
  const { freeForm, region } = config;
  if (!region.enabled) return freeForm.enabled ? "freeForm" : null;
  if (!freeForm.enabled) return "region";
  const local = editTypeInfo(edit.editType).regionCapable;
  return local && deriveUnit("stage", config.seed, edit.key) < region.share ? "region" : "freeForm";
}
