import { oc } from "@orpc/contract";
import { z } from "zod";
import { assignmentStates } from "@/lib/domain/review/assignment-state";
import { reviewersRange, reviewPurposes } from "@/lib/domain/review/verdict";
import { sampleView } from "./samples";
import { date, editType, id, queryNumber, sampleState, scores, version } from "./shared";

/** In which order samples are handed out. `direct`: opened from a list, not drawn. */
export const drawOrders = ["oldest", "random", "uncertain", "edit-type"] as const;
export const drawOrder = z.enum(drawOrders);
export type DrawOrder = z.infer<typeof drawOrder>;

/** A sample as its reviewer sees it: without what other reviewers said, and blind without scores and run. */
export const deskSample = sampleView
  .omit({
    state: true,
    decidedAt: true,
    scores: true,
    runId: true,
    runName: true,
    madeBy: true,
    candidateId: true,
  })
  .extend({
    scores: scores.nullable(),
    run: z.object({ id, name: z.string(), images: z.string(), instructions: z.string() }).nullable(),
    /** Sent back to the reader, with this note. */
    returnedNote: z.string().nullable(),
  });
export type DeskSample = z.infer<typeof deskSample>;

export const claimView = z.object({
  assignmentId: id,
  leaseUntil: date,
  blind: z.boolean(),
  /** Gold samples look like reviews; adjudications and audits say what they are. */
  purpose: z.enum(["review", "adjudication", "audit"]),
  sample: deskSample,
});
export type ClaimView = z.infer<typeof claimView>;

/** What became of a decision. `state` is the reviewer's own verdict's effect, not other people's votes. */
export const deskOutcome = z.object({
  sampleId: id,
  /** The caller's standing verdict. */
  mine: z.enum(["approve", "reject"]).nullable(),
  leaseUntil: date.nullable(),
  textRevision: z.int(),
  maskRevision: z.int(),
});
export type DeskOutcome = z.infer<typeof deskOutcome>;

const scope = { runId: id.optional(), editType: editType.optional() };
const verdict = {
  kind: z.enum(["approve", "reject"]),
  reasons: z.array(z.string()).max(9).default([]),
  note: z.string().max(2000).optional(),
};
/** What the reviewer saw; a decision on anything else is refused. */
const seen = { textRevision: z.int().min(1), maskRevision: z.int().min(1) };

export const reviewSettingsView = z.object({
  reviewersPerSample: z.int().min(reviewersRange[0]).max(reviewersRange[1]),
  goldShare: z.number().min(0).max(0.5),
  blind: z.boolean(),
  leaseSeconds: z.int().min(60).max(86_400),
  leaderboard: z.boolean(),
  version: z.int(),
});
export type ReviewSettingsView = z.infer<typeof reviewSettingsView>;

export const rejectReasonView = z.object({
  id,
  key: z.string(),
  label: z.string(),
  version: z.int(),
  deleted: z.boolean(),
});
export type RejectReasonView = z.infer<typeof rejectReasonView>;

export const texts = z.object({
  instruction: z.string().trim().min(1).max(1000),
  sourceCaption: z.string().trim().min(1).max(2000),
  targetCaption: z.string().trim().min(1).max(2000),
});

export const logEntry = z.object({
  id: z.string(),
  at: date,
  who: z.string().nullable(),
  kind: z.enum([
    "made",
    "claimed",
    "given-back",
    "expired",
    "approve",
    "reject",
    "undo",
    "text",
    "mask",
    "returned",
    "answered",
    "regenerated",
    "gold",
    "gold-retired",
  ]),
  purpose: z.enum(reviewPurposes).nullable(),
  reasons: z.array(z.string()),
  note: z.string().nullable(),
  /** Of a text change: what it made of the texts, and which revision it is. */
  texts: texts.nullable(),
  revision: z.int().nullable(),
  /** The mask that it gave the sample or could give it again; `id` null is the pipeline's own. */
  mask: z.object({ id: id.nullable(), current: z.boolean() }).nullable(),
  undone: z.boolean(),
});
export type LogEntry = z.infer<typeof logEntry>;

export const scoreDistribution = z.object({
  score: z.string(),
  min: z.number(),
  max: z.number(),
  /** Counts of equally wide bins from `min` to `max`. */
  bins: z.array(z.int()),
});
export type ScoreDistribution = z.infer<typeof scoreDistribution>;

const outcomes = z.array(
  z.object({
    sampleId: id,
    ok: z.boolean(),
    message: z.string().nullable(),
    outcome: deskOutcome.nullable(),
  }),
);

export const review = {
  /** Hands out samples under a lease; nobody else gets the same slot, and nobody the same sample twice. */
  claim: oc
    .route({ method: "POST", path: "/review/claims", summary: "Claim samples to decide on" })
    .input(
      z.object({
        limit: queryNumber.min(1).max(50).default(8),
        order: drawOrder.default("oldest"),
        purpose: z.enum(["review", "adjudication", "audit"]).default("review"),
        blind: z.boolean().default(false),
        /** Samples on the desk already: they are not handed out again. */
        have: z.array(id).max(400).default([]),
        ...scope,
      }),
    )
    .output(z.object({ items: z.array(claimView), exhausted: z.boolean() })),
  /** The caller's own held samples, for a page that was reloaded. */
  mine: oc
    .route({ method: "GET", path: "/review/claims/mine" })
    .output(z.object({ items: z.array(claimView) })),
  /** Prolongs leases. What is not in the answer ran out and may be with somebody else. */
  renew: oc
    .route({ method: "POST", path: "/review/claims/renew" })
    .input(z.object({ assignmentIds: z.array(id).max(400) }))
    .output(z.object({ leaseUntil: date, renewed: z.array(id) })),
  release: oc
    .route({ method: "POST", path: "/review/claims/release" })
    .input(z.object({ assignmentIds: z.array(id).max(400) }))
    .output(z.object({ released: z.int() })),
  /** One sample for the desk without a claim: from a list, or what was sent back to the caller. */
  open: oc.route({ method: "GET", path: "/review/samples/{id}" }).input(z.object({ id })).output(deskSample),
  decide: oc
    .route({ method: "POST", path: "/review/decisions" })
    .input(z.object({ sampleId: id, ...verdict, ...seen, elapsedMs: z.int().min(0).optional() }))
    .output(deskOutcome),
  /** The same verdict on up to 50 samples; each is decided on its own, so that one refusal does not stop the rest. */
  decideMany: oc
    .route({ method: "POST", path: "/review/decisions/batch" })
    .input(
      z.object({
        items: z
          .array(z.object({ sampleId: id, ...seen }))
          .min(1)
          .max(50),
        ...verdict,
        elapsedMs: z.int().min(0).optional(),
      }),
    )
    .output(outcomes),
  /** Takes the caller's last standing decision on the sample back. */
  undo: oc
    .route({ method: "POST", path: "/review/undo" })
    .input(z.object({ sampleId: id }))
    .output(deskOutcome),
  undoMany: oc
    .route({ method: "POST", path: "/review/undo/batch" })
    .input(z.object({ sampleIds: z.array(id).min(1).max(50) }))
    .output(outcomes),
  editTexts: oc
    .route({ method: "POST", path: "/review/samples/{id}/texts" })
    .input(z.object({ id, textRevision: z.int().min(1), ...texts.shape }))
    .output(deskSample),
  restoreTexts: oc
    .route({ method: "POST", path: "/review/samples/{id}/texts/restore" })
    .input(z.object({ id, textRevision: z.int().min(1), revision: z.int().min(1) }))
    .output(deskSample),
  restoreMask: oc
    .route({ method: "POST", path: "/review/samples/{id}/mask/restore" })
    .input(z.object({ id, maskRevision: z.int().min(1), maskId: id.nullable() }))
    .output(deskSample),
  /** Back to the person who wrote its texts, or launched its run; out of the queue until that person answers. */
  sendBack: oc
    .route({ method: "POST", path: "/review/samples/{id}/return" })
    .input(z.object({ id, note: z.string().trim().min(1).max(2000) }))
    .output(z.object({ to: z.string() })),
  /** What was sent back to the caller. */
  returned: oc
    .route({ method: "GET", path: "/review/returned" })
    .input(z.object({ cursor: id.optional(), limit: queryNumber.min(1).max(50).default(24) }))
    .output(z.object({ items: z.array(deskSample), nextCursor: id.nullable() })),
  answerReturn: oc
    .route({ method: "POST", path: "/review/samples/{id}/answer" })
    .input(z.object({ id, note: z.string().trim().max(2000).optional() }))
    .output(z.object({ id })),
  /** Rejects the sample and has its edit drawn again with the given texts, in the same run. */
  regenerate: oc
    .route({ method: "POST", path: "/review/samples/{id}/regenerate" })
    .input(z.object({ id, ...seen, ...texts.shape }))
    .output(z.object({ editId: id })),
  log: oc
    .route({ method: "GET", path: "/review/samples/{id}/log" })
    .input(z.object({ id }))
    .output(z.array(logEntry)),
  /** How a run's candidates score: of up to 2,000 of them, taken evenly over the run. */
  distribution: oc
    .route({ method: "GET", path: "/review/distribution" })
    .input(z.object({ runId: id }))
    .output(z.object({ candidates: z.int(), scores: z.array(scoreDistribution) })),
  /** Who holds what. */
  holders: oc.route({ method: "GET", path: "/review/holders" }).output(
    z.array(
      z.object({
        memberId: id,
        name: z.string(),
        mine: z.boolean(),
        held: z.int(),
        /** The first of them, so that a glance tells what somebody is at. */
        instructions: z.array(z.string()),
        /** The one on that person's screen. */
        at: z.string().nullable(),
        oldestUntil: date,
      }),
    ),
  ),
  settings: oc.route({ method: "GET", path: "/review/settings" }).output(reviewSettingsView),
  updateSettings: oc
    .route({ method: "PUT", path: "/review/settings" })
    .input(reviewSettingsView.extend({ version: z.int().min(0) }))
    .output(reviewSettingsView),
  reasons: oc.route({ method: "GET", path: "/review/reasons" }).output(z.array(rejectReasonView)),
  addReason: oc
    .route({ method: "POST", path: "/review/reasons" })
    .input(z.object({ label: z.string().trim().min(1).max(60) }))
    .output(z.array(rejectReasonView)),
  renameReason: oc
    .route({ method: "POST", path: "/review/reasons/{id}" })
    .input(z.object({ id, version, label: z.string().trim().min(1).max(60) }))
    .output(z.array(rejectReasonView)),
  /** Deleted reasons stay in the decisions that name them; nobody can choose them any more. */
  deleteReason: oc
    .route({ method: "DELETE", path: "/review/reasons/{id}" })
    .input(z.object({ id, version }))
    .output(z.array(rejectReasonView)),
  /** Makes a sample a gold sample with a known answer, or changes the answer. */
  plantGold: oc
    .route({ method: "POST", path: "/review/gold" })
    .input(
      z.object({
        sampleId: id,
        answer: z.enum(["approve", "reject"]),
        note: z.string().trim().max(2000).optional(),
      }),
    )
    .output(z.object({ sampleId: id })),
  retireGold: oc
    .route({ method: "POST", path: "/review/gold/{sampleId}/retire" })
    .input(z.object({ sampleId: id }))
    .output(z.object({ sampleId: id })),
  gold: oc
    .route({ method: "GET", path: "/review/gold" })
    .input(z.object({ cursor: id.optional(), limit: queryNumber.min(1).max(100).default(30) }))
    .output(
      z.object({
        items: z.array(
          z.object({
            sampleId: id,
            instruction: z.string(),
            answer: z.enum(["approve", "reject"]),
            author: z.string(),
            note: z.string().nullable(),
            seen: z.int(),
            agreed: z.int(),
          }),
        ),
        nextCursor: id.nullable(),
      }),
    ),
  /** Each reviewer's work and agreement with gold since a day; everybody's only with the leaderboard on. */
  reviewers: oc
    .route({ method: "GET", path: "/review/reviewers" })
    .input(z.object({ days: queryNumber.min(1).max(3650).default(30) }))
    .output(
      z.array(
        z.object({
          memberId: id,
          name: z.string(),
          mine: z.boolean(),
          approved: z.int(),
          rejected: z.int(),
          goldSeen: z.int(),
          goldAgreed: z.int(),
        }),
      ),
    ),
  /** The state of one assignment, for a page that lost sight of it. */
  standing: oc
    .route({ method: "GET", path: "/review/samples/{id}/standing" })
    .input(z.object({ id }))
    .output(
      z.object({
        assignment: z.enum(assignmentStates).nullable(),
        state: sampleState,
        textRevision: z.int(),
        maskRevision: z.int(),
      }),
    ),
};
