import { z } from "zod";

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** What Stage III recognised of an edit before it drew anything; kept with the edit. */
export const regionRecordSchema = z.object({
  /** Where the region comes from. */
  origin: z.enum(["recognised", "human", "whole-image", "none"]),
  /** Tags of the picture, most likely first. */
  tags: z.array(z.object({ tag: z.string(), probability: z.number() })),
  choice: z
    .object({
      /** Who chose: rules, or the language model by name. */
      chooser: z.string(),
      /** At most two; none where no single thing is edited. */
      objects: z.array(z.string()),
      /** Why, in one sentence. */
      reason: z.string(),
      /** The language model's answer, word for word. */
      raw: z.string().nullable(),
    })
    .nullable(),
  /** Boxes in the pixels of the generator's picture; `used` ones became the region. */
  boxes: z.array(z.object({ query: z.string(), score: z.number(), box, used: z.boolean() })),
  /** The segmenter's own estimate of each segment's overlap with the truth. */
  qualities: z.array(z.number()),
  /** Share of the picture that the fine mask covers, and its number of pieces. */
  area: z.number().nullable(),
  fragments: z.int().nullable(),
  /** Why there is no usable region; null where there is one. */
  problem: z
    .object({
      code: z.enum([
        "no-object",
        "not-found",
        "empty",
        "full",
        "too-small",
        "too-large",
        "fragmented",
        "no-models",
      ]),
      reason: z.string(),
    })
    .nullable(),
});
export type RegionRecord = z.infer<typeof regionRecordSchema>;
