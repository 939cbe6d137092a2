import { z } from "zod";

/**
 * What the web process asks a worker directly, over HTTP on the worker's own machine: `POST /<question>` with JSON
 * and the worker's token. Arguments are those of the API with the pack named; answers are the API's.
 */
const sha = z.string().regex(/^[0-9a-f]{64}$/);
const pack = z.string().min(1);
const point = z.object({ x: z.number(), y: z.number(), positive: z.boolean() });
const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const mask = z.object({
  crop: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  counts: z.array(z.number()),
  quality: z.number(),
  previous: z.string(),
});
const milliseconds = z.number();

export const questions = {
  encode: { args: z.object({ pack, imageSha: sha }), answer: z.object({ milliseconds }) },
  click: {
    args: z.object({
      pack,
      imageSha: sha,
      points: z.array(point),
      box: box.optional(),
      previous: z.string().optional(),
    }),
    answer: z.object({ masks: z.array(mask), milliseconds }),
  },
  detect: {
    args: z.object({
      pack,
      imageSha: sha,
      text: z.string(),
      threshold: z.number().optional(),
      masks: z.boolean(),
    }),
    answer: z.object({
      found: z.array(z.object({ box, score: z.number(), query: z.string(), mask: mask.nullable() })),
      milliseconds,
    }),
  },
  embedText: {
    args: z.object({ pack, texts: z.array(z.string()) }),
    answer: z.object({ vectors: z.array(z.array(z.number())) }),
  },
} as const;

export type Question = keyof typeof questions;
export type QuestionArgs<Q extends Question> = z.infer<(typeof questions)[Q]["args"]>;
export type QuestionAnswer<Q extends Question> = z.infer<(typeof questions)[Q]["answer"]>;
export type Answerer = { [Q in Question]: (args: QuestionArgs<Q>) => Promise<QuestionAnswer<Q>> };

/** A refusal as it crosses the door. */
export const doorRefusal = z.object({
  message: z.string(),
  code: z
    .enum(["bad-input", "not-found", "conflict", "forbidden", "signed-out", "unavailable", "limit-exceeded"])
    .optional(),
  subject: z.string().optional(),
});
export type DoorRefusal = z.infer<typeof doorRefusal>;

/** The longest question: a text to find, or 64 texts to embed. */
export const maxQuestionBytes = 1024 ** 2;
