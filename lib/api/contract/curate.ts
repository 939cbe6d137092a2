import { oc } from "@orpc/contract";
import { z } from "zod";
import { sampleView } from "./samples";
import { date, editType, id, imageView, jobState, queryNumber, sampleState, version } from "./shared";

const bound = z.strictObject({ min: z.number().optional(), max: z.number().optional() });

/** Checked where it is used, so that what is wrong with it can be said in a sentence. */
const text = z.string().max(100_000);

/** Which samples: everything that is given must hold. */
export const sampleFilter = z.strictObject({
  state: sampleState.optional(),
  editType: editType.optional(),
  runId: id.optional(),
  /** Made at or after, and before. */
  from: z.coerce.date<Date>().optional(),
  until: z.coerce.date<Date>().optional(),
  /** Words of the instruction or a caption; `"exact phrase"`, `or` and `-without` work as in a web search. */
  text: text.optional(),
  tagId: id.optional(),
  reviewerId: id.optional(),
  reason: text.optional(),
  licence: text.optional(),
  origin: z.enum(["photo", "storybook", "sample"]).optional(),
  hasMask: z.boolean().optional(),
  turn: z.int().min(1).max(1000).optional(),
  /** Its target is the anchor of a next turn. */
  goesOn: z.boolean().optional(),
  decidedBy: z.enum(["people", "policy"]).optional(),
  route: z.enum(["accept", "reject", "people", "audit"]).optional(),
  /** Scores made for an older text or mask. */
  stale: z.boolean().optional(),
  /** Has near-duplicates. */
  duplicates: z.boolean().optional(),
  scores: z.record(z.string().max(40), bound).optional(),
});
export type SampleFilter = z.infer<typeof sampleFilter>;

export const curatedSample = sampleView.extend({
  tags: z.array(z.object({ id, name: z.string() })),
  /** Probability that people approve it, where a model has routed it. */
  acceptance: z.number().nullable(),
});
export type CuratedSample = z.infer<typeof curatedSample>;

export const samplePage = z.object({
  items: z.array(curatedSample),
  nextCursor: id.nullable(),
  /** Set when the time for one answer was up before the page was full: the search got this far back. */
  searchedTo: date.nullable(),
});
export type SamplePage = z.infer<typeof samplePage>;

export const sampleCount = z.object({
  samples: z.int(),
  /** Counted to the end, estimated by the database, or counted until the time was up. */
  kind: z.enum(["exact", "about", "atLeast"]),
});
export type SampleCount = z.infer<typeof sampleCount>;

export const tagView = z.object({ id, name: z.string(), samples: z.int(), more: z.boolean() });
export type TagView = z.infer<typeof tagView>;

export const savedView = z.object({
  id,
  name: z.string(),
  filter: sampleFilter,
  version: z.int(),
  createdAt: date,
});
export type SavedView = z.infer<typeof savedView>;

export const bulkKinds = ["tag", "untag", "approve", "reject", "reopen"] as const;
export const bulkView = z.object({
  id,
  kind: z.enum([...bulkKinds, "policy"]),
  /** Tag, reasons, or the policy's version. */
  detail: z.string().nullable(),
  by: z.string().nullable(),
  state: jobState,
  changed: z.int(),
  left: z.int(),
  restored: z.int(),
  undone: z.boolean(),
  /** Somebody ended it midway. */
  stopped: z.boolean(),
  /** For everything that fits: what had to fit. Null: samples were chosen one by one. */
  filter: sampleFilter.nullable(),
  /** While it is under way from new to old: samples made after this moment have had their turn. */
  searchedTo: date.nullable(),
  message: z.string().nullable(),
  createdAt: date,
});
export type BulkView = z.infer<typeof bulkView>;

/** Most samples of one action that are named one by one. */
export const bulkLimit = 5000;

const name = text;

export const curate = {
  search: oc
    .route({ method: "POST", path: "/samples/search", summary: "Samples by any filter, newest first" })
    .input(
      z.object({
        filter: sampleFilter.default({}),
        cursor: id.optional(),
        limit: queryNumber.min(1).max(200).default(60),
      }),
    )
    .output(samplePage),
  count: oc
    .route({ method: "POST", path: "/samples/count", summary: "How many samples a filter lets through" })
    .input(z.object({ filter: sampleFilter.default({}) }))
    .output(sampleCount),
  tags: oc.route({ method: "GET", path: "/tags" }).output(z.array(tagView)),
  views: oc.route({ method: "GET", path: "/views" }).output(z.array(savedView)),
  saveView: oc
    .route({ method: "POST", path: "/views", summary: "Keep a filter under a name" })
    .input(z.object({ name, filter: sampleFilter, replaces: version.optional() }))
    .output(savedView),
  deleteView: oc
    .route({ method: "DELETE", path: "/views/{id}" })
    .input(z.object({ id }))
    .output(z.object({ id })),
  bulk: oc
    .route({ method: "POST", path: "/samples/bulk", summary: "One action on many samples, undone as one" })
    .input(
      z.object({
        kind: z.enum(bulkKinds),
        tag: name.optional(),
        reasons: z.array(z.string().max(100)).max(9).default([]),
        /** The samples, with the version that was seen where it matters; or a filter in their place. */
        samples: z
          .array(z.object({ id, version: version.optional() }))
          .max(100_000)
          .optional(),
        /** Everything that it lets through, as many as that may be; a worker does it. */
        filter: sampleFilter.optional(),
      }),
    )
    .output(bulkView),
  bulks: oc.route({ method: "GET", path: "/bulk-actions" }).output(z.array(bulkView)),
  stopBulk: oc
    .route({
      method: "POST",
      path: "/bulk-actions/{id}/stop",
      summary: "End an action that is under way; what it changed stands",
    })
    .input(z.object({ id }))
    .output(bulkView),
  undoBulk: oc
    .route({
      method: "POST",
      path: "/bulk-actions/{id}/undo",
      summary: "Take an action on many samples back",
    })
    .input(z.object({ id }))
    .output(bulkView),
  similar: oc
    .route({
      method: "GET",
      path: "/samples/{id}/similar",
      summary: "Samples whose target images look alike",
    })
    .input(z.object({ id, limit: queryNumber.min(1).max(100).default(24) }))
    .output(
      z.object({
        items: z.array(z.object({ similarity: z.number(), sample: curatedSample })),
        /** Compared with every sample, or only with those whose signs agree most. */
        exact: z.boolean(),
        compared: z.int(),
      }),
    ),
  embedding: oc
    .route({ method: "GET", path: "/embeddings", summary: "How many samples have been embedded" })
    .output(
      z.object({ embedded: z.int(), samples: z.int(), encoder: z.string().nullable(), mapped: z.int() }),
    ),
  /** Asks a worker to embed what is not yet, and to lay out the map. */
  embed: oc.route({ method: "POST", path: "/embeddings" }).output(z.object({ queued: z.boolean() })),
  facets: oc
    .route({ method: "GET", path: "/samples/facets", summary: "What the filters can be set to" })
    .output(
      z.object({
        reviewers: z.array(z.object({ id, name: z.string() })),
        reasons: z.array(z.object({ key: z.string(), label: z.string() })),
        licences: z.array(z.string()),
      }),
    ),
  mapSample: oc
    .route({ method: "GET", path: "/samples/{id}/card" })
    .input(z.object({ id }))
    .output(z.object({ id, target: imageView, instruction: z.string() })),
};
