import { z } from "zod";

const size = z.tuple([z.int(), z.int()]);

/** What decides the source image. Two renders with equal source recipes are the same image. */
export const sourceRecipeSchema = z.object({
  /** SHA-256 of the anchor's image; null where the source started from noise. */
  anchor: z.string().nullable(),
  /** Part of the anchor that was resized to `size`: [left, top, width, height] in anchor pixels. */
  crop: z.tuple([z.int(), z.int(), z.int(), z.int()]).nullable(),
  /** [height, width] of the generated images in pixels. */
  size,
  sourceCaption: z.string(),
  seed: z.int(),
  steps: z.int(),
  strength: z.number(),
  guidance: z.number(),
  pack: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
});
export type SourceRecipe = z.infer<typeof sourceRecipeSchema>;

/** What decides a candidate, known before it is drawn; its hash names the candidate within run and edit. */
export const recipeInputsSchema = sourceRecipeSchema.extend({
  kind: z.literal("free-form"),
  instruction: z.string(),
  targetCaption: z.string(),
  control: z.object({
    mode: z.enum(["refine", "replace", "none"]),
    /** Share of the steps under cross-attention control, [0,1]. */
    cross: z.number(),
    /** Share of the steps under self-attention control, [0,1]. */
    self: z.number(),
    /** Words whose places may change; null where the whole picture may. */
    localBlend: z.object({ sourceWords: z.array(z.string()), targetWords: z.array(z.string()) }).nullable(),
  }),
});
export type RecipeInputs = z.infer<typeof recipeInputsSchema>;

/** Everything that regenerates a candidate: its inputs, and where and how it was drawn. */
export const recipeSchema = recipeInputsSchema.extend({
  scheduler: z.string(),
  noise: z.string(),
  provider: z.string(),
  runtime: z.string(),
  /** Which UNet graph each step ran on: `c` controlled, `p` plain. */
  graphs: z.string(),
  /** UNet rows evaluated for the pair. */
  unetRows: z.int(),
  /** Version of the software. */
  code: z.string(),
});
export type Recipe = z.infer<typeof recipeSchema>;
