import { oc } from "@orpc/contract";
import { z } from "zod";
import { sampleFilter } from "./curate";
import { date, id, imageView, pageInput, pageOf, sampleState } from "./shared";

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

/** Pictures that were sent on to their next turn together, as far as no run is about them yet. */
export const waitingTurnView = z.object({
  /** Null for those that were sent on before such were kept together. */
  importId: id.nullable(),
  startedAt: date,
  anchors: z.int(),
  /** The first few. */
  images: z.array(imageView),
});
export type WaitingTurnView = z.infer<typeof waitingTurnView>;

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
   * Makes anchors of the targets of approved samples, with the target caption as their caption: those that are named,
   * or all that a filter lets through and that do not go on yet. They are one import, over which a run can be launched
   * (`anchors: {origin: sample, importId}`) and which can be taken back.
   */
  start: oc
    .route({ method: "POST", path: "/chains", summary: "Start the next turn from approved samples" })
    .input(
      z.object({
        sampleIds: z.array(id).min(1).max(10_000).optional(),
        samples: sampleFilter.optional(),
        runId: id.optional(),
        /** At most so many, newest first. */
        limit: z.int().min(1).max(100_000).default(10_000),
      }),
    )
    .output(
      z.object({
        /** Null where nothing was started. */
        importId: id.nullable(),
        started: z.int(),
        refused: z.array(z.object({ sampleId: id, reason: z.string() })),
      }),
    ),
  waiting: oc
    .route({
      method: "GET",
      path: "/chains/waiting",
      summary: "Next turns that no run has begun, newest first",
    })
    .output(z.array(waitingTurnView)),
  /** Takes a start back: its anchors go, but those that a run, a seed or a mask is about already. */
  undo: oc
    .route({ method: "POST", path: "/chains/waiting/{importId}/undo" })
    .input(z.object({ importId: id }))
    .output(z.object({ removed: z.int(), kept: z.int() })),
};
