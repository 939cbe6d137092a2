import { oc } from "@orpc/contract";
import { z } from "zod";
import { anchorFilter } from "./anchors";
import { bulkLimit, sampleFilter } from "./curate";
import { date, editType, id, imageView, pageInput, pageOf, queryNumber, version } from "./shared";

/** What a region belongs to: an edit, a seed, a sample, or an anchor by itself. */
export const regionKind = z.enum(["edit", "seed", "sample", "anchor"]);
export const regionState = z.enum(["open", "done", "skipped"]);
export const maskKind = z.enum(["fine", "box", "contour", "soft", "human"]);
export const maskFormat = z.enum(["png", "coco", "coco-compressed", "polygon"]);
export type MaskFormat = z.infer<typeof maskFormat>;

/** Left, top, width and height in pixels of the image. */
export const crop = z.tuple([z.int(), z.int(), z.int(), z.int()]);

/** One immutable mask: an 8-bit grey PNG, 255 = may change. Fetch it as `/api/images/<png.sha256>`. */
export const maskView = z.object({
  id,
  kind: maskKind,
  revision: z.int(),
  png: imageView,
  /** The part of the image that the mask covers; null when it is drawn at the image's full size. */
  crop: crop.nullable(),
  author: z.string().nullable(),
  /** Where it came from when nobody drew it here, in a few words: restored, imported. */
  note: z.string().nullable(),
  createdAt: date,
});
export type MaskView = z.infer<typeof maskView>;

/** One editable mask over one image. Its revisions are `MaskView`s of kind `human`, numbered from 1. */
export const regionView = z.object({
  id,
  kind: regionKind,
  /** What is drawn on: the anchor's image, for a sample the source image of its candidate. */
  image: imageView,
  /** The edited image, where there is one, for the linked before/after view. */
  after: imageView.nullable(),
  anchorId: id.nullable(),
  editId: id.nullable(),
  seedId: id.nullable(),
  sampleId: id.nullable(),
  fileName: z.string().nullable(),
  sourceCaption: z.string(),
  instruction: z.string().nullable(),
  targetCaption: z.string().nullable(),
  editType: editType.nullable(),
  state: regionState,
  skipReason: z.string().nullable(),
  /** Grows with every save, restore, finish and skip. */
  version: z.int(),
  /** The current mask; null as long as nobody saved one. */
  mask: maskView.nullable(),
  /** Who works on it now. `mine` is about the session named in the request; `you` are the holder in whatever page. */
  holder: z.object({ name: z.string(), mine: z.boolean(), you: z.boolean(), until: date }).nullable(),
  updatedAt: date,
});
export type RegionView = z.infer<typeof regionView>;

/** Names one open page of one person, chosen by the page and kept over a reload: leases belong to it. */
const session = z.uuid();
const target = z.union([
  z.object({ editId: id }),
  z.object({ seedId: id }),
  z.object({ sampleId: id }),
  z.object({ anchorId: id }),
  z.object({ imageSha: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

/** `conflict` carries the region as somebody else left it; nothing was written then. */
export const saveOutcome = z.discriminatedUnion("saved", [
  z.object({ saved: z.literal(true), region: regionView }),
  z.object({ saved: z.literal(false), conflict: regionView }),
]);
export type SaveOutcome = z.infer<typeof saveOutcome>;

const queueFilter = {
  kind: regionKind.optional(),
  runId: id.optional(),
  editType: editType.optional(),
};

/** A mask as COCO writes it; `counts` is a string when compressed, column by column as COCO counts. */
export const cocoRle = z.object({
  size: z.tuple([z.int(), z.int()]),
  counts: z.union([z.array(z.int().min(0)), z.string()]),
});

const maskReport = z.object({
  imported: z.array(z.object({ file: z.string(), regionId: id, note: z.string().nullable() })),
  refused: z.array(z.object({ file: z.string(), reason: z.string() })),
});
export type MaskReport = z.infer<typeof maskReport>;

export const progressView = z.object({
  open: z.int(),
  done: z.int(),
  skipped: z.int(),
  /** The caller's own, since midnight UTC. */
  doneToday: z.int(),
  /** The caller's median of the last 50 finished regions, from opening to finishing. */
  medianSeconds: z.number().nullable(),
  /** Regions that the caller finished in the last hour. */
  lastHour: z.int(),
});
export type MaskProgress = z.infer<typeof progressView>;

/**
 * Masks drawn by people. Large masks travel outside of JSON: `PUT /api/masks/<region id>?version=<n>&saveId=<uuid>`
 * takes the PNG as its body and answers as `save` does (status 409 for a conflict; `&aside=1` appends to the history
 * without making it current); `POST /api/masks/import?file=<name>`
 * takes one mask PNG or COCO file and answers as `importPath` does; `GET /api/masks/export?format=…` streams what
 * `exportNotes` announces, PNGs as a ZIP archive.
 */
export const masks = {
  list: oc
    .route({ method: "GET", path: "/masks", summary: "Regions to draw, drawn or skipped, newest first" })
    .input(z.object({ ...pageInput, ...queueFilter, state: regionState.optional() }))
    .output(pageOf(regionView)),
  get: oc
    .route({ method: "GET", path: "/masks/{id}" })
    .input(z.object({ id, session: session.optional() }))
    .output(regionView),
  /** The region of an edit, a seed, a sample, an anchor or an anchor's image; made when it is opened first, outside of the queue. */
  open: oc.route({ method: "POST", path: "/masks/open" }).input(target).output(regionView),
  /**
   * Puts the regions of anchors, of edits or of samples into the queue: all of them, or those that are named or that a
   * filter lets through, at most `limit`. Those that are there stay as they are.
   */
  enqueue: oc
    .route({ method: "POST", path: "/masks/enqueue", summary: "Fill the mask queue" })
    .input(
      z.object({
        kind: z.enum(["anchor", "edit", "sample"]),
        /** Of edits only. */
        runId: id.optional(),
        editType: editType.optional(),
        /** Of anchors only: which ones. */
        anchors: z.strictObject(anchorFilter).optional(),
        /** Of samples only: these, or those that a filter lets through, newest first. */
        sampleIds: z.array(id).min(1).max(bulkLimit).optional(),
        samples: sampleFilter.optional(),
        limit: z.int().min(1).max(1_000_000).default(1_000_000),
      }),
    )
    .output(z.object({ added: z.int() })),
  /**
   * A new revision, if nobody saved since `version`. A save that is repeated with the same `saveId` is not done
   * twice; the same pixels again make no new revision.
   */
  save: oc
    .route({ method: "POST", path: "/masks/{id}/revisions" })
    .input(
      // As a form, where numbers are text.
      z.object({ id, version: queryNumber.min(1), saveId: z.uuid().optional(), png: z.file() }),
    )
    .output(saveOutcome),
  versions: oc
    .route({ method: "GET", path: "/masks/{id}/revisions", summary: "A region's revisions, newest first" })
    .input(z.object({ id, ...pageInput }))
    .output(pageOf(maskView)),
  /** Makes an old revision current again, as a new revision. */
  restore: oc
    .route({ method: "POST", path: "/masks/{id}/restore" })
    .input(z.object({ id, version, revision: z.int().min(1) }))
    .output(saveOutcome),
  /** The pipeline's masks of the region's edit (fine, box, contour, soft), where there are any. */
  layers: oc
    .route({ method: "GET", path: "/masks/{id}/layers" })
    .input(z.object({ id }))
    .output(z.array(maskView)),

  /**
   * Leases the next open regions to the session: those it holds already first, then the oldest free ones. `takeOver`
   * first gives it what the caller holds in other pages. `elsewhere` counts those where too few regions were free.
   */
  next: oc
    .route({ method: "POST", path: "/masks/next" })
    .input(
      z.object({
        session,
        ...queueFilter,
        limit: queryNumber.min(1).max(5).default(2),
        exclude: z.array(id).max(50).default([]),
        takeOver: z.boolean().default(false),
      }),
    )
    .output(z.object({ items: z.array(regionView), leaseSeconds: z.int(), elsewhere: z.int() })),
  /** Leases one region, with `takeOver` also from another page of the caller's; a conflict names its holder. */
  claim: oc
    .route({ method: "POST", path: "/masks/{id}/claim" })
    .input(z.object({ id, session, takeOver: z.boolean().default(false) }))
    .output(regionView),
  /** Extends leases; `lost` lists those that another page holds now, `yours` which of them a page of the caller's. */
  renew: oc
    .route({ method: "POST", path: "/masks/renew" })
    .input(z.object({ session, ids: z.array(id).max(20) }))
    .output(z.object({ until: date, lost: z.array(id), yours: z.array(id) })),
  release: oc
    .route({ method: "POST", path: "/masks/release" })
    .input(z.object({ session, ids: z.array(id).max(20) }))
    .output(z.object({ released: z.int() })),
  finish: oc
    .route({ method: "POST", path: "/masks/{id}/finish" })
    .input(z.object({ id, version, elapsedMs: z.int().min(0).optional() }))
    .output(saveOutcome),
  skip: oc
    .route({ method: "POST", path: "/masks/{id}/skip" })
    .input(z.object({ id, version, reason: z.string().trim().min(1).max(500) }))
    .output(saveOutcome),
  /** Puts a finished or skipped region back into the queue. */
  reopen: oc
    .route({ method: "POST", path: "/masks/{id}/reopen" })
    .input(z.object({ id, version }))
    .output(saveOutcome),
  progress: oc
    .route({ method: "GET", path: "/masks/progress" })
    .input(z.object(queueFilter))
    .output(progressView),

  /** What an export holds and what its format cannot carry, to be said before it is written. */
  exportNotes: oc
    .route({ method: "GET", path: "/masks/export-notes" })
    .input(z.object({ format: maskFormat, id: id.optional(), ...queueFilter }))
    .output(z.object({ masks: z.int(), soft: z.int(), notes: z.array(z.string()) })),
  /** One region's current mask as COCO RLE or polygons; for a PNG fetch its image. */
  annotation: oc
    .route({ method: "GET", path: "/masks/{id}/annotation" })
    .input(z.object({ id, format: maskFormat.exclude(["png"]).default("coco-compressed") }))
    .output(
      z.object({
        segmentation: z.union([cocoRle, z.array(z.array(z.number()))]),
        /** In pixels. */
        area: z.int(),
        bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        /** What the format could not carry. */
        notes: z.array(z.string()),
      }),
    ),
  /** Masks of a folder on the server, matched to anchors by file name; what cannot be used is listed. */
  importPath: oc
    .route({ method: "POST", path: "/masks/import-path" })
    .input(z.object({ path: z.string().min(1).max(4096), soft: z.boolean().default(false) }))
    .output(maskReport),
};
