import { z } from "zod";
import { drawNoiseSchema } from "./draw-noise";

const size = z.tuple([z.int(), z.int()]);

/** What decides the source image of a free-form pair: on one machine and runtime, equal recipes give equal bytes. */
export const sourceRecipeSchema = z.object({
  /** SHA-256 of the anchor's image; null where the source started from noise. */
  anchor: z.string().nullable(),
  /** Part of the anchor that was resized to `size`: [left, top, width, height] in anchor pixels. */
  crop: z.tuple([z.int(), z.int(), z.int(), z.int()]).nullable(),
  /** [height, width] of the generated images in pixels. */
  size,
  sourceCaption: z.string(),
  seed: z.int(),
  /** Where the initial noise is not that of `seed` alone; `seed` is its root, and that of any noise added later. */
  noiseSum: drawNoiseSchema.optional(),
  steps: z.int(),
  strength: z.number(),
  guidance: z.number(),
  /** The source is the anchor itself, pixel for pixel, and not a new render of it. */
  keepAnchor: z.literal(true).optional(),
  /**
   * Where several targets share the source: the widest control windows among them. They decide which UNet graph the
   * source ran on.
   */
  sourceControl: z.object({ cross: z.number(), self: z.number() }).optional(),
  pack: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
});
export type SourceRecipe = z.infer<typeof sourceRecipeSchema>;

export const blendSchedules = [
  "alternate",
  "every",
  "without-last",
  "without-last-two",
  "first-and-penultimate",
  "none",
] as const;

/** Where and how Stage III repaints. */
const regionRecipe = z.object({
  /** SHA-256 of the guiding mask's PNG, at `size`: 255 = repaint, between = softly, 0 = the source's pixels stay. */
  mask: z.string(),
  /** What the guiding mask is. */
  kind: z.enum(["fine", "contour", "soft", "human", "full"]),
  /** s of a soft mask; null for a hard one and for a mask drawn by a person. */
  softness: z.number().nullable(),
  rule: z.enum(["paper", "difference"]),
  blend: z.enum(blendSchedules),
  /** Pixels over which the last blend fades inside the mask's border. */
  feather: z.int(),
});

/** A region's source is repainted within the mask as well (the published code shares the mask in a pair). */
const regionSourceSchema = sourceRecipeSchema.extend({
  region: regionRecipe.pick({ mask: true, blend: true }),
});

const controlRecipe = z.object({
  mode: z.enum(["refine", "replace", "none"]),
  /** Share of the steps under cross-attention control, [0,1]. */
  cross: z.number(),
  /** The same for single words of the target caption. */
  crossWords: z.record(z.string(), z.number()).optional(),
  /** Factors on the target's attention to single words. */
  reweights: z.record(z.string(), z.number()).optional(),
  /** Share of the steps under self-attention control, [0,1]. */
  self: z.number(),
  /** Words whose places may change; null where the whole picture may. */
  localBlend: z
    .object({
      sourceWords: z.array(z.string()),
      targetWords: z.array(z.string()),
      /** Fraction of a map's maximum above which a place belongs to the words. */
      threshold: z.number().optional(),
    })
    .nullable(),
});

const freeFormInputsSchema = sourceRecipeSchema.extend({
  kind: z.literal("free-form"),
  instruction: z.string(),
  targetCaption: z.string(),
  control: controlRecipe,
});
const regionInputsSchema = sourceRecipeSchema.extend({
  kind: z.literal("region"),
  instruction: z.string(),
  targetCaption: z.string(),
  control: controlRecipe,
  region: regionRecipe,
});
export type FreeFormInputs = z.infer<typeof freeFormInputsSchema>;
export type RegionInputs = z.infer<typeof regionInputsSchema>;

/** What decides a candidate, known before it is drawn; its hash names the candidate within run and edit. */
export const recipeInputsSchema = z.discriminatedUnion("kind", [freeFormInputsSchema, regionInputsSchema]);
export type RecipeInputs = z.infer<typeof recipeInputsSchema>;

const facts = {
  scheduler: z.string(),
  noise: z.string(),
  provider: z.string(),
  runtime: z.string(),
  /**
   * Which UNet graph each step ran on: `c` controlled, `p` plain, `m` the source controlled (for other targets that share
   * it) and the target plain.
   */
  graphs: z.string(),
  /** UNet rows evaluated for the pair: those of a shared source are counted with one of its targets. */
  unetRows: z.int(),
  /** Version of the software. */
  code: z.string(),
};

/** Everything that regenerates a candidate: its inputs, and where and how it was drawn. */
export const recipeSchema = z.discriminatedUnion("kind", [
  freeFormInputsSchema.extend(facts),
  regionInputsSchema.extend(facts),
]);
export type Recipe = z.infer<typeof recipeSchema>;

/** The part of a candidate's inputs that decides its source image. */
export function sourceRecipeOf(inputs: RecipeInputs): SourceRecipe {
  return inputs.kind === "region" ? regionSourceSchema.parse(inputs) : sourceRecipeSchema.parse(inputs);
}
