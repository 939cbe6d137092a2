import { z } from "zod";
import type { KeptChoice } from "./review-queue";

const storageKey = "pentimento review kept choices";

const kept = z.array(
  z.object({
    sampleId: z.string(),
    instruction: z.string(),
    decision: z.object({
      kind: z.enum(["approve", "reject"]),
      reasons: z.array(z.string()),
      note: z.string().optional(),
    }),
    message: z.string(),
  }),
);

/** The refused choices of earlier pages of this browser; what cannot be read is none. */
export function readKeptChoices(): KeptChoice[] {
  try {
    const choices = kept.parse(JSON.parse(localStorage.getItem(storageKey) ?? "[]"));
    return choices.map(({ decision: { note, ...decision }, ...choice }) => ({
      ...choice,
      decision: { ...decision, ...(note !== undefined && { note }) },
    }));
  } catch {
    return [];
  }
}

export function writeKeptChoices(choices: readonly KeptChoice[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(choices));
  } catch {
    // Without storage they live as long as the page.
  }
}
