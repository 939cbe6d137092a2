import { oc } from "@orpc/contract";
import { z } from "zod";
import { date, editType, id, jobState, pageInput, pageOf, sampleState } from "./shared";

export const releaseFilter = z.object({
  states: z.array(sampleState).min(1).default(["approved"]),
  runIds: z.array(id).optional(),
  editTypes: z.array(editType).optional(),
});
export type ReleaseFilter = z.infer<typeof releaseFilter>;

export const exportFormats = ["parquet", "imagefolder", "webdataset", "ultraedit"] as const;
export const exportOptions = z.object({
  /** `png` keeps every pixel, `jpeg` is about a tenth of the size. */
  imageFormat: z.enum(["png", "jpeg"]).default("png"),
  /** Share of anchors that go to the validation split. */
  validationShare: z.number().min(0).max(0.5).default(0),
  /** Writes rejected targets beside the chosen one of the same source as a second configuration; Parquet only. */
  preferences: z.boolean().default(false),
});

export const exportView = z.object({
  id,
  format: z.enum(exportFormats),
  state: jobState,
  path: z.string(),
  written: z.int(),
  bytes: z.int(),
  message: z.string().nullable(),
  /** Paths relative to `path`; download each at `/api/exports/<id>/<file>`. */
  files: z.array(z.object({ path: z.string(), bytes: z.int() })),
  createdAt: date,
  finishedAt: date.nullable(),
});
export type ExportView = z.infer<typeof exportView>;

export const releaseView = z.object({
  id,
  name: z.string(),
  filter: releaseFilter,
  count: z.int(),
  exports: z.array(exportView),
  createdAt: date,
});
export type ReleaseView = z.infer<typeof releaseView>;

export const releases = {
  list: oc
    .route({ method: "GET", path: "/releases", summary: "Releases, newest first" })
    .input(z.object(pageInput))
    .output(pageOf(releaseView)),
  get: oc.route({ method: "GET", path: "/releases/{id}" }).input(z.object({ id })).output(releaseView),
  /** How many samples a filter takes now. */
  preview: oc
    .route({ method: "POST", path: "/releases/preview" })
    .input(releaseFilter)
    .output(z.object({ count: z.int() })),
  create: oc
    .route({ method: "POST", path: "/releases", summary: "Freeze a named list of samples" })
    .input(
      z.object({
        name: z.string().trim().min(1).max(120),
        filter: releaseFilter,
        validationShare: z.number().min(0).max(0.5).default(0),
      }),
    )
    .output(releaseView),
  /** Only one that no dataset was written of. */
  delete: oc
    .route({ method: "DELETE", path: "/releases/{id}", summary: "Delete a release that was never written" })
    .input(z.object({ id })),
  export: oc
    .route({ method: "POST", path: "/releases/{id}/exports" })
    .input(z.object({ id, format: z.enum(exportFormats), options: exportOptions.prefault({}) }))
    .output(exportView),
};
