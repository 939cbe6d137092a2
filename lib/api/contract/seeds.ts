import { oc } from "@orpc/contract";
import { z } from "zod";
import { anchorView } from "./anchors";
import { date, editType, id, imageView, pageInput, pageOf, version } from "./shared";

export const seedView = z.object({
  id,
  anchor: z.object({ id, image: imageView, caption: z.string() }).nullable(),
  /** The region drawn for it on the mask desk, where one was opened, and its mask (white may change). */
  region: z.object({ id, mask: imageView.nullable() }).nullable(),
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

const seedTexts = z.object(seedText);
const seedFilter = { editType: editType.optional(), search: z.string().max(200).optional() };

/** Which column of a pasted table holds what, counted from 0; null where none does. */
export const seedColumns = z.object({
  header: z.boolean(),
  sourceCaption: z.int().min(0).nullable(),
  instruction: z.int().min(0).nullable(),
  targetCaption: z.int().min(0).nullable(),
  editType: z.int().min(0).nullable(),
});
export type SeedColumns = z.infer<typeof seedColumns>;

const pasted = z.object({ text: z.string().max(20_000_000), columns: seedColumns.optional() });
const refusedLines = z.array(z.object({ line: z.int(), reason: z.string() }));
const provider = z.enum(["recombination", "openai"]);

export const seeds = {
  list: oc
    .route({ method: "GET", path: "/seeds", summary: "Seed examples, newest first" })
    .input(z.object({ ...pageInput, ...seedFilter }))
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
    .input(
      z.object({
        anchorId: id.nullable().default(null),
        ...seedText,
        /** What the edit may change: a grey PNG of the anchor's size, white where it may. */
        region: z.file().optional(),
      }),
    )
    .output(seedView),
  update: oc
    .route({ method: "PUT", path: "/seeds/{id}" })
    .input(z.object({ id, version, ...seedText }))
    .output(seedView),
  archive: oc
    .route({ method: "DELETE", path: "/seeds/{id}" })
    .input(z.object({ id, version }))
    .output(z.object({ id })),
  /** Takes an archived seed into use again. */
  restore: oc.route({ method: "POST", path: "/seeds/{id}/restore" }).input(z.object({ id })).output(seedView),
  /** How many seeds lead with which verb, for each edit type; usual verbs that none has come with a count of 0. */
  verbs: oc
    .route({ method: "GET", path: "/seeds/verbs" })
    .output(z.array(z.object({ editType, verbs: z.array(z.object({ verb: z.string(), count: z.int() })) }))),
  /** Of an unfinished seed: earlier seeds with much the same instruction, and words that no dictionary has. */
  inspect: oc
    .route({ method: "POST", path: "/seeds/inspect" })
    .input(z.object({ id: id.optional(), ...seedTexts.omit({ editType: true }).shape }))
    .output(
      z.object({
        similar: z.array(
          z.object({
            id,
            instruction: z.string(),
            sourceCaption: z.string(),
            similarity: z.number(),
            sameCaption: z.boolean(),
          }),
        ),
        spelling: z.array(
          z.object({
            field: z.enum(["sourceCaption", "instruction", "targetCaption"]),
            word: z.string(),
            suggestions: z.array(z.string()),
          }),
        ),
      }),
    ),
  /**
   * Stage I on three anchors with exactly these seeds, or those of a filter; nothing is written. Without a language
   * model more anchors are looked at, and those that the seeds fit come first.
   */
  tryOut: oc
    .route({ method: "POST", path: "/seeds/try" })
    .input(
      z.object({
        seeds: z.array(seedTexts).min(1).max(100).optional(),
        filter: z.object(seedFilter).optional(),
        provider: provider.default("recombination"),
        draw: z.int().min(0).max(1_000_000).default(0),
        notAnchor: id.optional(),
      }),
    )
    .output(
      z.object({
        provider: z.string(),
        seeds: z.int(),
        /** Anchors that were asked about, and those of them that got edits: the first such are shown. */
        looked: z.int(),
        fitting: z.int(),
        results: z.array(
          z.object({
            anchor: z.object({ id, image: imageView, caption: z.string() }),
            edits: z.array(seedTexts),
            failures: z.array(z.string()),
          }),
        ),
      }),
    ),
  /** What `importLines` would do with a text. */
  previewLines: oc
    .route({ method: "POST", path: "/seeds/import/preview" })
    .input(pasted)
    .output(
      z.object({
        format: z.enum(["jsonl", "table"]),
        table: z.object({ columns: z.array(z.string()), used: seedColumns }).nullable(),
        fresh: z.int(),
        duplicates: z.int(),
        repeated: z.array(z.object({ line: z.int(), of: z.string() })),
        refusedCount: z.int(),
        refused: refusedLines,
        examples: z.array(z.object({ line: z.int(), ...seedText })),
      }),
    ),
  /**
   * Pasted or uploaded JSONL, CSV or TSV; lines that cannot be used are named and the rest goes on. `rest` is the text
   * with only those lines.
   */
  importLines: oc
    .route({ method: "POST", path: "/seeds/import" })
    .input(pasted)
    .output(
      z.object({
        added: z.int(),
        duplicates: z.int(),
        refused: refusedLines,
        rest: z.string(),
      }),
    ),
};
