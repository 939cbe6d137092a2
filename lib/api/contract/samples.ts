import { oc } from "@orpc/contract";
import { z } from "zod";
import { decisionKinds } from "@/lib/domain/sample-state";
import { date, editType, id, imageView, pageInput, pageOf, sampleState, scores, version } from "./shared";

export const sampleView = z.object({
  id,
  runId: id,
  runName: z.string(),
  candidateId: id,
  editType,
  state: sampleState,
  instruction: z.string(),
  sourceCaption: z.string(),
  targetCaption: z.string(),
  textRevision: z.int(),
  /** Counts the masks that people gave it. */
  maskRevision: z.int(),
  /** The scores were made for an earlier text or mask. */
  scoresStale: z.boolean(),
  version: z.int(),
  source: imageView,
  target: imageView,
  mask: imageView.nullable(),
  anchor: z.object({
    id,
    image: imageView,
    origin: z.enum(["photo", "storybook", "sample"]),
    licence: z.string().nullable(),
  }),
  scores,
  madeBy: z.object({ instructions: z.string(), images: z.string() }),
  createdAt: date,
  decidedAt: date.nullable(),
});
export type SampleView = z.infer<typeof sampleView>;

export const decisionView = z.object({
  id,
  kind: z.enum(decisionKinds),
  reasons: z.array(z.string()),
  note: z.string().nullable(),
  actor: z.string(),
  undoesId: id.nullable(),
  createdAt: date,
});
export type DecisionView = z.infer<typeof decisionView>;

const filter = { state: sampleState.optional(), editType: editType.optional(), runId: id.optional() };

export const samples = {
  list: oc
    .route({ method: "GET", path: "/samples", summary: "Samples, newest first" })
    .input(z.object({ ...pageInput, ...filter }))
    .output(pageOf(sampleView)),
  get: oc.route({ method: "GET", path: "/samples/{id}" }).input(z.object({ id })).output(sampleView),
  counts: oc
    .route({ method: "GET", path: "/review/counts" })
    .output(z.object({ pending: z.int(), approved: z.int(), rejected: z.int() })),
  /**
   * A decision on a sample from a list, without a claim. Refused with a conflict if the sample changed since
   * `version`. Programs that work through a queue use `/review/claims` and `/review/decisions`.
   */
  decide: oc
    .route({ method: "POST", path: "/samples/{id}/decisions" })
    .input(
      z.object({
        id,
        version,
        kind: z.enum(["approve", "reject"]),
        reasons: z.array(z.string()).max(9).default([]),
        note: z.string().max(2000).optional(),
        elapsedMs: z.int().min(0).optional(),
      }),
    )
    .output(sampleView),
  /** Takes the caller's last standing decision back (a curator's: anybody's); the history keeps both. */
  undo: oc
    .route({ method: "POST", path: "/samples/{id}/undo" })
    .input(z.object({ id, version }))
    .output(sampleView),
  history: oc
    .route({ method: "GET", path: "/samples/{id}/decisions" })
    .input(z.object({ id }))
    .output(z.array(decisionView)),
};
