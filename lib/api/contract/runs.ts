import { oc } from "@orpc/contract";
import { z } from "zod";
import { regionRecordSchema } from "@/lib/domain/region-record";
import { runConfigSchema, thresholdsSchema } from "@/lib/domain/run-config";
import { drawRecordSchema } from "@/lib/domain/sampling/draw-plan";
import { maskKind } from "./masks";
import { date, editType, id, imageView, pageInput, pageOf, queryNumber, runState, scores } from "./shared";

export const stageView = z.object({
  stage: z.enum(["instructions", "freeForm", "region"]),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  produced: z.int(),
  kept: z.int(),
  /** Done units that were left out with a reason. */
  skipped: z.int(),
  unetRows: z.int(),
  /** What paid requests cost so far, those under way included, in the currency of their prices. */
  spent: z.number(),
  /** Units of work finished in an hour of wall time; null before the first. */
  ratePerHour: z.number().nullable(),
  /** Seconds left at that rate; null while unknown. */
  secondsLeft: z.number().nullable(),
});
export type StageView = z.infer<typeof stageView>;

/** What the edits of one type have yielded in one stage so far. */
export const yieldView = z.object({
  stage: z.enum(["freeForm", "region"]),
  editType,
  edits: z.int(),
  finished: z.int(),
  drawn: z.int(),
  passed: z.int(),
  kept: z.int(),
  /** Edits with a kept candidate. */
  fruitful: z.int(),
  unetRows: z.int(),
});
export type YieldView = z.infer<typeof yieldView>;

/** How far the quota of one edit type is. */
export const coverageView = z.object({
  editType,
  quota: z.int(),
  kept: z.int(),
  pending: z.int(),
  /** Samples expected of the pending edits. */
  expected: z.number(),
  editsNeeded: z.int(),
});
export type CoverageView = z.infer<typeof coverageView>;

export const runView = z.object({
  id,
  name: z.string(),
  state: runState,
  message: z.string().nullable(),
  config: runConfigSchema,
  /** The thresholds in force: those of the model pack and of the configuration, frozen at the launch. */
  thresholds: thresholdsSchema,
  stages: z.array(stageView),
  /** Who made the edits and the images, in plain words. */
  madeBy: z.object({ instructions: z.string(), images: z.string() }),
  samples: z.object({ pending: z.int(), approved: z.int(), rejected: z.int() }),
  yields: z.array(yieldView),
  /** Empty for a run without quotas. */
  coverage: z.array(coverageView),
  /** When a run that waits for a service tries again by itself. */
  resumeAt: date.nullable(),
  version: z.int(),
  createdAt: date,
  startedAt: date.nullable(),
  finishedAt: date.nullable(),
});
export type RunView = z.infer<typeof runView>;

export const candidateView = z.object({
  id,
  source: imageView,
  target: imageView,
  scores,
  selected: z.boolean(),
  failures: z.array(z.string()),
  stage: z.enum(["freeForm", "region"]),
  /** Which draw of its edit it is, counted from 0. */
  draw: z.int(),
  /** The mask that guided it, at the size of the images. */
  mask: z.object({ kind: maskKind, softness: z.number().nullable(), png: imageView }).nullable(),
  createdAt: date,
});
export type CandidateView = z.infer<typeof candidateView>;

export const editView = z.object({
  id,
  anchor: z.object({ id, image: imageView }),
  sourceCaption: z.string(),
  instruction: z.string(),
  targetCaption: z.string(),
  editType,
  editObject: z.string().nullable(),
  state: z.enum(["pending", "done", "failed", "skipped"]),
  /** Why it failed or was left out. */
  error: z.string().nullable(),
  stage: z.enum(["freeForm", "region"]),
  drawn: z.int(),
  plan: drawRecordSchema.nullable(),
  /** What Stage III recognised; null for edits that did not go there. */
  region: regionRecordSchema.nullable(),
  /** The region's masks, one of a kind, at the size of the images. */
  masks: z.array(z.object({ kind: maskKind, png: imageView })),
  /** The edit that a person sent back and that this one replaces. */
  parentId: id.nullable(),
  candidates: z.array(candidateView),
});
export type EditView = z.infer<typeof editView>;

export const runs = {
  list: oc
    .route({ method: "GET", path: "/runs", summary: "Runs, newest first" })
    .input(z.object(pageInput))
    .output(pageOf(runView)),
  get: oc.route({ method: "GET", path: "/runs/{id}" }).input(z.object({ id })).output(runView),
  create: oc
    .route({ method: "POST", path: "/runs", summary: "Freeze a configuration and launch it" })
    .input(runConfigSchema)
    .output(runView),
  /** What a configuration would cost, from the rates measured so far on this machine. */
  forecast: oc
    .route({ method: "POST", path: "/runs/forecast" })
    .input(runConfigSchema)
    .output(
      z.object({
        anchors: z.int(),
        /** Edits that Stage I writes; with quotas, in its first round. */
        edits: z.int(),
        maxCandidates: z.int(),
        /** Edits that the quotas are thought to need before anything is known of their yield; null without quotas. */
        quotaEdits: z.int().nullable(),
        /** Most edits of them that go through Stage III. */
        regionEdits: z.int(),
        /** Null before anything was measured with this pack. */
        seconds: z.number().nullable(),
        /** What paid requests would cost, measured or at most; null where none is asked for or no price is known. */
        spend: z.object({ amount: z.number(), measured: z.boolean() }).nullable(),
        /** What keeps it from being launched. */
        problems: z.array(z.string()),
        /** What will likely come out badly. */
        warnings: z.array(z.string()),
      }),
    ),
  control: oc
    .route({ method: "POST", path: "/runs/{id}/{event}" })
    .input(z.object({ id, event: z.enum(["pause", "resume", "cancel", "retry"]) }))
    .output(runView),
  edits: oc
    .route({ method: "GET", path: "/runs/{id}/edits", summary: "Edits with their candidates, newest first" })
    .input(z.object({ id, ...pageInput }))
    .output(pageOf(editView)),
  drawn: oc
    .route({
      method: "GET",
      path: "/runs/{id}/drawn",
      summary: "The edits that were drawn last, latest first",
    })
    .input(z.object({ id, limit: queryNumber.min(1).max(24).default(6) }))
    .output(z.array(editView)),
  /** Draws an edit again in the same run, as a new edit: with other texts, a drawn mask, or only other noise. */
  requeue: oc
    .route({ method: "POST", path: "/runs/edits/{editId}/requeue" })
    .input(
      z.object({
        editId: id,
        instruction: z.string().optional(),
        sourceCaption: z.string().optional(),
        targetCaption: z.string().optional(),
        maskId: id.optional(),
      }),
    )
    .output(z.object({ editId: id })),
  /** Answers of the instruction provider that could not be used, with their raw text. */
  failures: oc
    .route({ method: "GET", path: "/runs/{id}/failures" })
    .input(z.object({ id, ...pageInput }))
    .output(
      pageOf(
        z.object({
          id,
          anchorId: id,
          /** Of the anchor, as it is now. */
          caption: z.string(),
          reason: z.string(),
          raw: z.string(),
          createdAt: date,
        }),
      ),
    ),
};
