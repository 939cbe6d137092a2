import { oc } from "@orpc/contract";
import { z } from "zod";
import { anchorView } from "./anchors";
import { date, editType, id, imageView, pageInput, pageOf, version } from "./shared";

export const seedView = z.object({
  id,
  anchor: z.object({ id, image: imageView, caption: z.string() }).nullable(),
  author: z.string().nullable(),
  starter: z.boolean(),
  sourceCaption: z.string(),
  instruction: z.string(),
  targetCaption: z.string(),
  editType,
  version: z.int(),
  createdAt: date,
});
export type SeedView = z.infer<typeof seedView>;

const seedText = {
  sourceCaption: z.string().max(2000),
  instruction: z.string().max(2000),
  targetCaption: z.string().max(2000),
  editType,
};

export const seeds = {
  list: oc
    .route({ method: "GET", path: "/seeds", summary: "Seed examples, newest first" })
    .input(z.object({ ...pageInput, editType: editType.optional(), search: z.string().max(200).optional() }))
    .output(pageOf(seedView)),
  /** How many seeds there are of each edit type. */
  coverage: oc
    .route({ method: "GET", path: "/seeds/coverage" })
    .output(z.array(z.object({ editType, count: z.int() }))),
  /** The captioned anchor after `after`, in the order of import and from the start again, that has no seed yet. */
  nextAnchor: oc
    .route({ method: "GET", path: "/seeds/next-anchor" })
    .input(z.object({ after: id.optional() }))
    .output(anchorView.nullable()),
  create: oc
    .route({ method: "POST", path: "/seeds" })
    .input(z.object({ anchorId: id.nullable().default(null), ...seedText }))
    .output(seedView),
  update: oc
    .route({ method: "PUT", path: "/seeds/{id}" })
    .input(z.object({ id, version, ...seedText }))
    .output(seedView),
  archive: oc
    .route({ method: "DELETE", path: "/seeds/{id}" })
    .input(z.object({ id, version }))
    .output(z.object({ id })),
  /** Pasted or uploaded JSONL; lines that cannot be used are named and the rest goes on. */
  importLines: oc
    .route({ method: "POST", path: "/seeds/import" })
    .input(z.object({ text: z.string().max(20_000_000) }))
    .output(
      z.object({
        added: z.int(),
        duplicates: z.int(),
        refused: z.array(z.object({ line: z.int(), reason: z.string() })),
      }),
    ),
};
