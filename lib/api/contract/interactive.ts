import { oc } from "@orpc/contract";
import { z } from "zod";
import { crop } from "./masks";

const imageSha = z.string().regex(/^[0-9a-f]{64}$/);
const packName = z.string().min(1).max(200).optional();
/** Pixels of the image at its full size. */
const point = z.object({ x: z.number(), y: z.number(), positive: z.boolean().default(true) });
const box = z.object({ x: z.number(), y: z.number(), width: z.number().min(0), height: z.number().min(0) });

/**
 * A hard mask as runs inside `crop`: row by row, the lengths of alternately 0 and 255, zeros first. Outside of the
 * crop the mask is 0. `lib/domain/masks/crop-runs.ts` turns it into pixels.
 */
export const proposedMask = z.object({
  crop,
  counts: z.array(z.int().min(0)),
  /** The model's own estimate of its intersection over union, in [0,1]. */
  quality: z.number(),
  /** Pass it back as `previous` to refine this answer. */
  previous: z.string(),
});
export type ProposedMask = z.infer<typeof proposedMask>;

const found = z.object({ box, score: z.number(), query: z.string(), mask: proposedMask.nullable() });
export type FoundObject = z.infer<typeof found>;

/**
 * Questions that a person waits for. They go straight to a worker's models, past the job queue and between the steps
 * of what a run generates. `pack` is the first one that can answer, by default.
 */
export const interactive = {
  /** Whether somebody can answer now, and if not, why and what to do. */
  status: oc.route({ method: "GET", path: "/interactive" }).output(
    z.object({
      available: z.boolean(),
      problem: z.string().nullable(),
      packs: z.array(
        z.object({ name: z.string(), title: z.string(), segment: z.boolean(), detect: z.boolean() }),
      ),
    }),
  ),
  /** Prepares an image for clicks; a click on an image that was not prepared prepares it first. */
  encode: oc
    .route({ method: "POST", path: "/interactive/encode" })
    .input(z.object({ imageSha, pack: packName }))
    .output(z.object({ milliseconds: z.number() })),
  /** Masks for points, a box or an earlier answer, the model's favourite first. */
  click: oc
    .route({ method: "POST", path: "/interactive/click" })
    .input(
      z.object({
        imageSha,
        pack: packName,
        points: z.array(point).max(200).default([]),
        box: box.optional(),
        previous: z.string().max(100).optional(),
      }),
    )
    .output(z.object({ masks: z.array(proposedMask), milliseconds: z.number() })),
  /** What a text names in the image, each with its mask if the pack can segment. */
  detect: oc
    .route({ method: "POST", path: "/interactive/detect" })
    .input(
      z.object({
        imageSha,
        pack: packName,
        text: z.string().trim().min(1).max(500),
        threshold: z.number().min(0).max(1).optional(),
        masks: z.boolean().default(true),
      }),
    )
    .output(z.object({ found: z.array(found), milliseconds: z.number() })),
  /** Unit-length text embeddings, for search. */
  embedText: oc
    .route({ method: "POST", path: "/interactive/embed-text" })
    .input(z.object({ texts: z.array(z.string().min(1).max(2000)).min(1).max(64), pack: packName }))
    .output(z.object({ pack: z.string(), vectors: z.array(z.array(z.number())) })),
};
