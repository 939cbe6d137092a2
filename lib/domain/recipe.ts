import { z } from "zod";

/**
 * Everything that regenerates a candidate. Two candidates with the same recipe have the same pixels on the same
 * provider and runtime; the recipe's hash names the candidate within its run and edit.
 */
export const recipeSchema = z.object({
  kind: z.literal("free-form"),
  /** SHA-256 of the anchor's image; null where the source started from noise. */
  anchor: z.string().nullable(),
  /** [height, width] of the generated images in pixels. */
  size: z.tuple([z.int(), z.int()]),
  /** Part of the anchor that was resized to `size`: [left, top, width, height] in anchor pixels. */
  crop: z.tuple([z.int(), z.int(), z.int(), z.int()]).nullable(),
  sourceCaption: z.string(),
  targetCaption: z.string(),
  instruction: z.string(),
  seed: z.int(),
  scheduler: z.string(),
  steps: z.int(),
  strength: z.number(),
  guidance: z.number(),
  control: z.object({
    mode: z.enum(["refine", "replace", "none"]),
    crossThreshold: z.number(),
    selfThreshold: z.number(),
  }),
  pack: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
  /** Which UNet graph each step ran on: `c` controlled, `p` plain. */
  graphs: z.string(),
  provider: z.string(),
  runtime: z.string(),
  code: z.string(),
});

export type Recipe = z.infer<typeof recipeSchema>;
