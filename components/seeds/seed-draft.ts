import { z } from "zod";
import { type EditType, editTypeIds } from "@/lib/domain/edit-types";
import { classifyInstruction } from "@/lib/domain/instruction-classifier";

/** What a seed form holds while it is being written. */
const seedDraftSchema = z.object({
  sourceCaption: z.string(),
  instruction: z.string(),
  /** Null while it follows the source caption. */
  targetCaption: z.string().nullable(),
  /** Null while it follows the wording of the instruction. */
  editType: z.enum(editTypeIds).nullable(),
});
export type SeedDraft = z.infer<typeof seedDraftSchema>;

export interface SeedText {
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
  editType: EditType;
}

export function emptyDraft(sourceCaption: string): SeedDraft {
  return { sourceCaption, instruction: "", targetCaption: null, editType: null };
}

/** The seed that a draft stands for, with what follows from other fields filled in. */
export function seedOf(draft: SeedDraft): SeedText {
  return {
    sourceCaption: draft.sourceCaption,
    instruction: draft.instruction,
    targetCaption: draft.targetCaption ?? draft.sourceCaption,
    editType: draft.editType ?? classifyInstruction(draft.instruction),
  };
}

const keyOf = (place: string) => `pentimento-seed-draft/${place}`;

/** The draft left at a place (an anchor's id), if there is one that can be read. */
export function loadDraft(place: string): SeedDraft | null {
  const stored = localStorage.getItem(keyOf(place));
  if (!stored) return null;
  try {
    return seedDraftSchema.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

/** Keeps the draft in this browser; null forgets it. */
export function keepDraft(place: string, draft: SeedDraft | null): void {
  try {
    if (draft) localStorage.setItem(keyOf(place), JSON.stringify(draft));
    else localStorage.removeItem(keyOf(place));
  } catch {
    // A full or forbidden storage only costs the safety net.
  }
}
