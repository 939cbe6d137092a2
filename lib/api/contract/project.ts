import { oc } from "@orpc/contract";
import { z } from "zod";

/** A model pack as the studio sees it: what it is, what it can do, and what is wrong with it, if anything. */
export const packView = z.object({
  name: z.string(),
  title: z.string(),
  version: z.string(),
  summary: z.string(),
  licence: z.string(),
  roles: z.array(z.string()),
  defaults: z
    .object({
      steps: z.array(z.int()),
      strength: z.number(),
      guidance: z.number(),
      controlThreshold: z.tuple([z.number(), z.number()]),
      size: z.tuple([z.int(), z.int()]),
    })
    .nullable(),
  thresholds: z.record(z.string(), z.object({ min: z.number().optional(), max: z.number().optional() })),
  /** Those of Stage III. */
  regionThresholds: z.record(
    z.string(),
    z.object({ min: z.number().optional(), max: z.number().optional() }),
  ),
  /** It was trained on scenes of a few known things, and edits no other pictures. */
  narrow: z.boolean(),
  problem: z.string().nullable(),
});
export type PackView = z.infer<typeof packView>;

export const overview = z.object({
  project: z.object({ id: z.uuid(), name: z.string() }),
  member: z.object({ id: z.uuid(), name: z.string(), role: z.string() }),
  /** Anchors → captioned anchors → edits → candidates → samples → approved samples. */
  funnel: z.object({
    anchors: z.int(),
    captioned: z.int(),
    seeds: z.int(),
    edits: z.int(),
    candidates: z.int(),
    samples: z.int(),
    pending: z.int(),
    approved: z.int(),
    rejected: z.int(),
    releases: z.int(),
  }),
  activeRuns: z.int(),
  /** Whether a worker has reported within the last half minute. */
  workers: z.array(
    z.object({ id: z.string(), seenSecondsAgo: z.int(), residentBytes: z.int(), activity: z.string() }),
  ),
});
export type Overview = z.infer<typeof overview>;

export const project = {
  overview: oc
    .route({ method: "GET", path: "/overview", summary: "The dashboard's numbers" })
    .output(overview),
  packs: oc.route({ method: "GET", path: "/packs" }).output(z.array(packView)),
  /** Instruction providers, and for each whether it can be used now. */
  providers: oc.route({ method: "GET", path: "/providers" }).output(
    z.array(
      z.object({
        id: z.enum(["recombination", "openai"]),
        label: z.string(),
        available: z.boolean(),
        /** Why not, and what to set. */
        hint: z.string().nullable(),
      }),
    ),
  ),
};
