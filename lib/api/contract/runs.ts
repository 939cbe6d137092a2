import { oc } from "@orpc/contract";
import { z } from "zod";
import { runConfigSchema, thresholdsSchema } from "@/lib/domain/run-config";
import { date, editType, id, imageView, pageInput, pageOf, runState, scores } from "./shared";

export const stageView = z.object({
  stage: z.enum(["instructions", "freeForm", "region"]),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  produced: z.int(),
  kept: z.int(),
  unetRows: z.int(),
  /** Units of work finished in an hour of wall time; null before the first. */
  ratePerHour: z.number().nullable(),
  /** Seconds left at that rate; null while unknown. */
  secondsLeft: z.number().nullable(),
});
export type StageView = z.infer<typeof stageView>;

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
  state: z.enum(["pending", "done", "failed"]),
  error: z.string().nullable(),
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
        edits: z.int(),
        maxCandidates: z.int(),
        /** Null before anything was measured with this pack. */
        seconds: z.number().nullable(),
        problems: z.array(z.string()),
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
  /** Answers of the instruction provider that could not be used, with their raw text. */
  failures: oc
    .route({ method: "GET", path: "/runs/{id}/failures" })
    .input(z.object({ id, ...pageInput }))
    .output(pageOf(z.object({ id, anchorId: id, reason: z.string(), raw: z.string(), createdAt: date }))),
};
