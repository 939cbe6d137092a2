import { z } from "zod";

/**
 * What requests to a paid endpoint cost, in its currency. What is left out costs nothing; the sum of a run is compared
 * with `limits.maxSpend`.
 */
export const priceSchema = z.strictObject({
  perRequest: z.number().min(0).max(1000).default(0),
  perMillionInputTokens: z.number().min(0).max(100_000).default(0),
  perMillionOutputTokens: z.number().min(0).max(100_000).default(0),
});
export type Price = z.infer<typeof priceSchema>;

const requests = {
  requestsPerMinute: z.int().min(1).max(100_000).default(60),
  /** Repeats of one request after 408, 409, 429, 5xx, time-outs and broken connections. */
  maxRetries: z.int().min(0).max(20).default(5),
  price: priceSchema.prefault({}),
};

/** Who draws the images: the models of the pack, or an OpenAI-compatible images endpoint that is set in the environment. */
export const imageGeneratorSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pack") }),
  z.strictObject({
    kind: z.literal("images-endpoint"),
    /** As the endpoint calls it. */
    model: z.string().trim().min(1).max(200),
    /** `{instruction}`, `{source}` and `{target}` stand for the texts of the edit. */
    prompt: z
      .string()
      .min(1)
      .max(4000)
      .refine(
        (text) => /\{(instruction|target)\}/.test(text),
        "it must hold {instruction} or {target}, or every edit would be the same",
      )
      .default("{instruction}"),
    /** Sizes the endpoint can make, as `1024x1024`, width first; none leaves the size to it. */
    sizes: z
      .array(z.string().regex(/^[1-9]\d{1,4}x[1-9]\d{1,4}$/))
      .max(32)
      .default([]),
    /** Sent as it is, where the endpoint knows such a thing. */
    quality: z.string().max(40).optional(),
    /** Longest side in pixels of the pictures that are sent and kept. */
    maxSide: z.int().min(64).max(4096).default(1024),
    /** Sends the edit's mask where it has one, and keeps every pixel outside it. */
    useMask: z.boolean().default(true),
    ...requests,
  }),
]);
export type ImageGenerator = z.infer<typeof imageGeneratorSchema>;
export type ImagesEndpoint = Extract<ImageGenerator, { kind: "images-endpoint" }>;

/** A vision-language model that gives marks by a pinned rubric; the endpoint is set in the environment. */
export const judgeSchema = z.strictObject({
  model: z.string().trim().min(1).max(200),
  /** Only candidates that break no other bound are judged, since each judgement costs. */
  onlyPassing: z.boolean().default(true),
  ...requests,
});
export type JudgeSettings = z.infer<typeof judgeSchema>;

/** Millionths of the currency that a request with this use of tokens costs. */
export function costMicros(
  price: Price,
  usage: { readonly inputTokens: number; readonly outputTokens: number } | null,
): number {
  const tokens =
    price.perMillionInputTokens * (usage?.inputTokens ?? 0) +
    price.perMillionOutputTokens * (usage?.outputTokens ?? 0);
  return Math.round(1e6 * price.perRequest + tokens);
}
