import type { EditType } from "@/lib/domain/edit-types";
import { matchObjects } from "./match-objects";

interface Texts {
  readonly instruction: string;
  readonly sourceCaption: string;
  readonly targetCaption: string;
}

/**
 * What an edit is about after a person changed its texts: the name it had, where instruction and source caption are still
 * the same, else what the new words point at; null for the whole picture.
 */
export function objectOfTexts(
  before: Texts & { readonly editObject: string | null },
  after: Texts & { readonly editType: EditType },
): string | null {
  const sameWords = before.instruction === after.instruction && before.sourceCaption === after.sourceCaption;
  if (sameWords) return before.editObject;
  const { instruction, sourceCaption, targetCaption, editType } = after;
  const question = { instruction, sourceCaption, targetCaption, editType, editObject: null, tags: [] };
  return matchObjects(question).objects.join(", ") || null;
}
