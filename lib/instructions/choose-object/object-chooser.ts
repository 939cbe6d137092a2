import type { EditType } from "@/lib/domain/edit-types";

/** What a chooser knows of an edit. */
export interface ObjectQuestion {
  readonly instruction: string;
  readonly sourceCaption: string;
  readonly targetCaption: string;
  readonly editType: EditType;
  /** What Stage I named as edited; null if it named nothing. */
  readonly editObject: string | null;
  /** Tags of the picture, most likely first. */
  readonly tags: readonly string[];
}

export interface ObjectChoice {
  /** Who chose: rules, or the language model by name. */
  readonly chooser: string;
  /** At most two names to detect; none where no single thing is edited. */
  readonly objects: readonly string[];
  readonly reason: string;
  /** The language model's answer, word for word; null where rules chose. */
  readonly raw: string | null;
}

/**
 * Says which things an edit changes (UltraEdit, Table 10): things that are there before the edit, named precisely, at
 * most two, and none where the whole picture changes or something is only added or moved.
 * @throws UserError `unavailable` if the service that chooses cannot be reached
 */
export interface ObjectChooser {
  choose(question: ObjectQuestion, signal?: AbortSignal): Promise<ObjectChoice>;
}

export const mostObjects = 2;
