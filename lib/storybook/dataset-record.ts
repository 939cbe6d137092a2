import { captionsOf } from "./captions";
import type { SceneEdit } from "./edits";
import { boxesOf } from "./render-labels";
import type { Scene } from "./scene";
import { tagsOf } from "./tags";

/** What one line of scenes.jsonl says; boxes are in pixels of the picture that `labels` was drawn for. */
export function sceneRecord(scene: Scene, labels: Uint8Array, size: number) {
  const boxes = boxesOf(labels, size, scene.objects.length);
  const { seed, style, season, time, weather, place } = scene;
  return {
    seed,
    captions: captionsOf(scene),
    tags: tagsOf(scene),
    style,
    season,
    time,
    weather,
    place,
    objects: scene.objects.map(({ noun, colour, pattern, material }, i) => ({
      noun,
      colour,
      pattern,
      material,
      ...boxes[i]!,
    })),
  };
}

/** What one line of edits.jsonl says; `target` describes the exact outcome the way scenes.jsonl describes the source. */
export function editRecord(edit: SceneEdit, target: Scene, targetLabels: Uint8Array, size: number) {
  const { editType, instruction, sourceCaption, targetCaption, editObject, region, change } = edit;
  const objectIndex = change.kind === "remove" || change.kind === "object" ? change.index : null;
  const targetIndex =
    change.kind === "add" ? target.objects.length - 1 : change.kind === "object" ? change.index : null;
  return {
    editType,
    instruction,
    sourceCaption,
    targetCaption,
    editObject,
    region,
    objectIndex,
    targetIndex,
    target: sceneRecord(target, targetLabels, size),
  };
}
