import { oc } from "@orpc/contract";
import { z } from "zod";
import { id, imageView, pageInput, pageOf, sampleState } from "./shared";

/** One turn of a chain: a sample, whose target is the next turn's source. */
export const chainTurnView = z.object({
  sampleId: id,
  /** 1 for the edit of the imported picture. */
  turn: z.int(),
  instruction: z.string(),
  state: sampleState,
  source: imageView,
  target: imageView,
});
export type ChainTurnView = z.infer<typeof chainTurnView>;

/** Turns in order from the first. A picture that was edited in two ways starts two strands with the same beginning. */
export const chainStrandView = z.object({
  turns: z.array(chainTurnView),
  /** The anchor that the last turn's target became, where nothing was made from it yet. */
  waiting: z.object({ anchorId: id, turn: z.int() }).nullable(),
});
export type ChainStrandView = z.infer<typeof chainStrandView>;

export const chainView = z.object({
  /** The anchor where it began. */
  id,
  image: imageView,
  caption: z.string(),
  strands: z.array(chainStrandView),
});
export type ChainView = z.infer<typeof chainView>;

export const chains = {
  list: oc
    .route({ method: "GET", path: "/chains", summary: "Edits in several turns, newest first" })
    .input(z.object(pageInput))
    .output(pageOf(chainView)),
  /** The turns before and after a sample; empty where it is no part of a chain. */
  ofSample: oc
    .route({ method: "GET", path: "/samples/{id}/chain" })
    .input(z.object({ id }))
    .output(z.object({ before: z.array(chainTurnView), after: z.array(chainTurnView) })),
  /**
   * Makes anchors of the targets of approved samples, with the target caption as their caption. A run over anchors of
   * origin `sample` then draws the next turn. Without `sampleIds`, all approved samples of a run or of the project.
   */
  start: oc
    .route({ method: "POST", path: "/chains", summary: "Start the next turn from approved samples" })
    .input(
      z.object({
        sampleIds: z.array(id).min(1).max(10_000).optional(),
        runId: id.optional(),
        /** At most so many, oldest first. */
        limit: z.int().min(1).max(100_000).default(10_000),
      }),
    )
    .output(
      z.object({
        started: z.int(),
        refused: z.array(z.object({ sampleId: id, reason: z.string() })),
      }),
    ),
};
