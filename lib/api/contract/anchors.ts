import { oc } from "@orpc/contract";
import { z } from "zod";
import { date, id, imageView, jobState, pageInput, pageOf, version } from "./shared";

export const origin = z.enum(["photo", "storybook", "sample"]);

export const anchorView = z.object({
  id,
  image: imageView,
  caption: z.string(),
  otherCaptions: z.array(z.string()),
  origin,
  fileName: z.string(),
  licence: z.string().nullable(),
  attribution: z.string().nullable(),
  sourceUrl: z.string().nullable(),
  /** Number of the turn that an edit of it makes: 1 for an image that was added, more for a sample image. */
  turn: z.int(),
  version: z.int(),
  createdAt: date,
});
export type AnchorView = z.infer<typeof anchorView>;

/** Which anchors: everything that is given must hold. */
export const anchorFilter = {
  origin: origin.optional(),
  /** Only images that were added (`false`), or only sample images (`true`). */
  generated: z.stringbool().or(z.boolean()).optional(),
  /** Only anchors with (`false`) or without (`true`) a caption. */
  uncaptioned: z.stringbool().or(z.boolean()).optional(),
  search: z.string().max(200).optional(),
};

/** The same as the page asks for it. */
export interface ListedAnchors {
  origin?: z.infer<typeof origin>;
  generated?: boolean;
  uncaptioned?: boolean;
  search?: string;
}

const importNote = z.object({ id, subject: z.string(), reason: z.string(), refused: z.boolean() });
export const importView = z.object({
  id,
  source: z.string(),
  state: jobState,
  added: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  message: z.string().nullable(),
  createdAt: date,
  finishedAt: date.nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const anchors = {
  list: oc
    .route({ method: "GET", path: "/anchors", summary: "Anchors, newest first" })
    .input(z.object({ ...pageInput, ...anchorFilter }))
    .output(pageOf(anchorView)),
  get: oc.route({ method: "GET", path: "/anchors/{id}" }).input(z.object({ id })).output(anchorView),
  /** Changes the caption; refused with a conflict if somebody changed the anchor since `version`. */
  update: oc
    .route({ method: "PATCH", path: "/anchors/{id}" })
    .input(z.object({ id, version, caption: z.string() }))
    .output(anchorView),
  /** Takedown: the anchor leaves lists and later releases. */
  withdraw: oc
    .route({ method: "DELETE", path: "/anchors/{id}" })
    .input(z.object({ id, version }))
    .output(z.object({ id })),
};

/**
 * An import from the browser: `begin`, then one `PUT /api/uploads/<id>?path=<relative path>` with the bytes for
 * each file, then `finish`. A folder or file on the server itself needs only `fromPath`.
 */
export const imports = {
  list: oc
    .route({ method: "GET", path: "/imports", summary: "Imports, newest first" })
    .input(z.object(pageInput))
    .output(pageOf(importView)),
  get: oc.route({ method: "GET", path: "/imports/{id}" }).input(z.object({ id })).output(importView),
  notes: oc
    .route({ method: "GET", path: "/imports/{id}/notes", summary: "What was refused, and why" })
    .input(z.object({ id, ...pageInput }))
    .output(pageOf(importNote)),
  begin: oc
    .route({ method: "POST", path: "/imports" })
    .input(z.object({ source: z.string().min(1).max(500) }))
    .output(importView),
  finish: oc
    .route({ method: "POST", path: "/imports/{id}/finish" })
    .input(z.object({ id }))
    .output(importView),
  fromPath: oc
    .route({ method: "POST", path: "/imports/from-path" })
    .input(z.object({ path: z.string().min(1).max(4096) }))
    .output(importView),
  /** Draws Storybook scenes as anchors, to try the pipeline on pictures its models know. */
  storybook: oc
    .route({ method: "POST", path: "/imports/storybook" })
    .input(z.object({ count: z.int().min(1).max(2000), seed: z.int().min(0).default(1) }))
    .output(importView),
};
