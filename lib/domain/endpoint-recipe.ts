import { z } from "zod";
import { recipeSchema } from "./recipe";

/** What is asked of an images endpoint, known before the request; its hash names the candidate within run and edit. */
export const endpointInputsSchema = z.object({
  kind: z.literal("endpoint"),
  /** SHA-256 of the anchor's image, which is the source. */
  anchor: z.string(),
  /** [left, top, width, height] in anchor pixels: all of it. */
  crop: z.tuple([z.int(), z.int(), z.int(), z.int()]),
  /** [height, width] of source and target in pixels. */
  size: z.tuple([z.int(), z.int()]),
  sourceCaption: z.string(),
  instruction: z.string(),
  targetCaption: z.string(),
  /** Which draw of its edit, from 0. An endpoint takes no seed. */
  draw: z.int(),
  endpoint: z.object({
    address: z.string(),
    model: z.string(),
    /** As it was sent. */
    prompt: z.string(),
    /** Width and height asked for; null where the size was left to the endpoint. */
    askedSize: z.string().nullable(),
    quality: z.string().nullable(),
  }),
  /** The mask that was sent and outside of which the source's pixels were kept; null where all might change. */
  mask: z
    .object({
      /** SHA-256 of the mask's PNG at `size`: 255 = may change. */
      sha256: z.string(),
      kind: z.enum(["fine", "box", "contour", "soft", "human"]),
      /** Pixels over which the last blend fades inside the mask's border. */
      feather: z.int(),
    })
    .nullable(),
  /** The pack that scored the pair. */
  pack: z.object({ name: z.string(), version: z.string(), hash: z.string() }),
});
export type EndpointInputs = z.infer<typeof endpointInputsSchema>;

/** How the answer came about. It cannot be had again: an endpoint promises no same picture twice. */
export const endpointFactsSchema = z.object({
  requestId: z.string().nullable(),
  attempts: z.int(),
  /** Millionths of the currency of the run's prices. */
  costMicros: z.int(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }).nullable(),
  returnedSize: z.string(),
  revisedPrompt: z.string().nullable(),
  /** ISO date and time of the answer. */
  at: z.string(),
});
export type EndpointFacts = z.infer<typeof endpointFactsSchema>;

export const endpointRecipeSchema = endpointInputsSchema.extend({
  answer: endpointFactsSchema,
  code: z.string(),
});
export type EndpointRecipe = z.infer<typeof endpointRecipeSchema>;

/** The recipe of any candidate, whoever drew it. */
export const anyRecipeSchema = z.union([recipeSchema, endpointRecipeSchema]);
export type AnyRecipe = z.infer<typeof anyRecipeSchema>;

/** What decides the source image of an endpoint's pair: the anchor at a size. */
export function endpointSourceOf({ anchor, crop, size }: EndpointInputs) {
  return { kind: "anchor" as const, anchor, crop, size };
}
