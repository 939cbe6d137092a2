import type { EditType } from "./edit-types";
import type { Thresholds } from "./run-config";

/** Stages that make images, as thresholds name them. */
export type ImageStage = "freeForm" | "region";

/**
 * The parts of a threshold's name. `clipDirection` holds everywhere, `region/clipDirection` in one stage,
 * `add/clipDirection` for one edit type, `region/add/clipDirection` for one edit type in one stage.
 */
export function scopeOf(name: string): { score: string; scope: string[] } {
  const parts = name.split("/");
  return { score: parts.at(-1)!, scope: parts.slice(0, -1) };
}

/**
 * The bounds in force for one candidate, by score. The narrowest one named wins, whole: stage and type before type
 * before stage before everywhere. An empty bound `{}` lifts a wider one.
 */
export function thresholdsFor(thresholds: Thresholds, stage: ImageStage, editType: EditType): Thresholds {
  const scopes = ["", stage, editType, `${stage}/${editType}`];
  const inForce: Thresholds = {};
  for (const scope of scopes) {
    for (const [name, bound] of Object.entries(thresholds)) {
      const parts = scopeOf(name);
      if (parts.scope.join("/") === scope) inForce[parts.score] = bound;
    }
  }
  return inForce;
}

/**
 * A pack's thresholds with a run's put over them. What a run says of a score everywhere also replaces what the pack
 * says of it in one stage: a person who names a bound means it.
 */
export function mergeThresholds(
  pack: { freeForm: Thresholds; region: Thresholds },
  overrides: Thresholds,
): Thresholds {
  const own = Object.fromEntries(
    Object.entries(pack.region)
      .filter(([score, bound]) => JSON.stringify(bound) !== JSON.stringify(pack.freeForm[score]))
      .map(([score, bound]) => [`region/${score}`, bound]),
  );
  const lifted = Object.fromEntries(
    Object.keys(pack.freeForm)
      .filter((score) => !(score in pack.region))
      .map((score) => [`region/${score}`, {}]),
  );
  const scoped = Object.entries({ ...own, ...lifted }).filter(
    ([name]) => !(scopeOf(name).score in overrides),
  );
  return { ...pack.freeForm, ...Object.fromEntries(scoped), ...overrides };
}
