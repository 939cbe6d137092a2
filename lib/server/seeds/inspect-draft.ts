import { type Context, requireAbility } from "../context";
import { similarSeeds } from "./similar-seeds";
import { misspellings } from "./spelling";

export interface DraftTexts {
  /** The seed that is being changed; it is not compared with itself. */
  id?: string | undefined;
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
}

/** What only the server can say of a seed while it is written: the seeds like it, and words in no dictionary. */
export async function inspectDraft(context: Context, draft: DraftTexts) {
  requireAbility(context, "read");
  const similar = await similarSeeds(context, draft);
  const source = misspellings(draft.sourceCaption);
  // A word that is wrong in the source caption is not blamed again where it was copied.
  const blamed = new Set(source.map(({ word }) => word.toLowerCase()));
  return {
    similar,
    spelling: [
      ...source.map((word) => ({ field: "sourceCaption" as const, ...word })),
      ...misspellings(draft.instruction).map((word) => ({ field: "instruction" as const, ...word })),
      ...misspellings(draft.targetCaption, blamed).map((word) => ({
        field: "targetCaption" as const,
        ...word,
      })),
    ],
  };
}
