import { CAPTION_KINDS, captionOf } from "./captions";
import { applyChange, type SceneChange } from "./edit-change";
import { type EditDraft, STORYBOOK_EDIT_TYPES, type StorybookEditType } from "./edit-draft";
import { changesOfType } from "./edit-drafts";
import type { RandomSource } from "./random";
import type { Scene } from "./scene";

/** One edit of a scene with its exact outcome. */
export interface SceneEdit {
  readonly editType: StorybookEditType;
  readonly instruction: string;
  readonly sourceCaption: string;
  readonly targetCaption: string;
  /** What is edited, as a detector would be asked for it; null when the whole picture changes. */
  readonly editObject: string | null;
  /** True when the change stays within a region of the picture. */
  readonly region: boolean;
  readonly change: SceneChange;
}

export interface EditOptions {
  /** Refuses outcomes, such as compositions held out from training. */
  readonly accept?: (target: Scene) => boolean;
}

/** One edit of the type wanted, or null where the scene has none. */
export function editOfType(
  scene: Scene,
  editType: StorybookEditType,
  random: RandomSource,
  options: EditOptions = {},
): SceneEdit | null {
  const drafts = changesOfType(scene, editType, random).filter(
    ({ change }) => options.accept?.(applyChange(scene, change)) ?? true,
  );
  return drafts.length === 0 ? null : finish(scene, editType, random.pick(drafts), random);
}

/** One edit of every type the scene allows. */
export function editsOf(scene: Scene, random: RandomSource, options: EditOptions = {}): SceneEdit[] {
  return STORYBOOK_EDIT_TYPES.flatMap((editType) => editOfType(scene, editType, random, options) ?? []);
}

/** The scene after the edit: the exact ground truth. */
export const applyEdit = (scene: Scene, edit: SceneEdit): Scene => applyChange(scene, edit.change);

function finish(
  scene: Scene,
  editType: StorybookEditType,
  draft: EditDraft,
  random: RandomSource,
): SceneEdit {
  const target = applyChange(scene, draft.change);
  const telling = Array.from({ length: CAPTION_KINDS }, (_, kind) => kind).filter(
    (kind) => captionOf(scene, kind) !== captionOf(target, kind),
  );
  const kind = random.pick(telling);
  return {
    editType,
    instruction: random.pick(draft.instructions),
    sourceCaption: captionOf(scene, kind),
    targetCaption: captionOf(target, kind),
    editObject: draft.editObject,
    region: draft.change.kind !== "scene",
    change: draft.change,
  };
}
