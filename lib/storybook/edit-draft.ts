import type { EditType } from "@/lib/domain/edit-types";
import type { SceneChange } from "./edit-change";

/** The edit types Storybook can carry out exactly. */
export const STORYBOOK_EDIT_TYPES = [
  "add",
  "remove",
  "replace",
  "change-color",
  "change-local",
  "change-global",
  "transform-local",
  "transform-global",
  "turn",
] as const satisfies readonly EditType[];

export type StorybookEditType = (typeof STORYBOOK_EDIT_TYPES)[number];

/** A possible edit, before its captions are worded. */
export interface EditDraft {
  readonly change: SceneChange;
  readonly instructions: readonly string[];
  readonly editObject: string | null;
}
