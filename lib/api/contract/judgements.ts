import { oc } from "@orpc/contract";
import { z } from "zod";
import { date, id, scores } from "./shared";

/** What a vision-language model said of a pair. */
export const judgementView = z.object({
  id,
  /** As the server named it. */
  model: z.string(),
  /** Name and version of the rubric, and the SHA-256 of its text. */
  rubric: z.string(),
  rubricHash: z.string(),
  /** The instruction that was judged. */
  instruction: z.string(),
  /** Null where the answer could not be read: such scores are missing. */
  scores: scores.nullable(),
  /** Why they are missing. */
  problem: z.string().nullable(),
  /** The model's own reason, where it gave one. */
  reason: z.string().nullable(),
  /** Word for word; empty where there was no answer. */
  raw: z.string(),
  createdAt: date,
});
export type JudgementView = z.infer<typeof judgementView>;

export const judgements = {
  ofSample: oc
    .route({ method: "GET", path: "/samples/{id}/judgements", summary: "What a judge said, newest first" })
    .input(z.object({ id }))
    .output(z.array(judgementView)),
  ofCandidate: oc
    .route({ method: "GET", path: "/candidates/{id}/judgements", summary: "What a judge said, newest first" })
    .input(z.object({ id }))
    .output(z.array(judgementView)),
};
