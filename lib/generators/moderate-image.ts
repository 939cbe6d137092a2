import { z } from "zod";
import type { RgbImage } from "@/lib/domain/image";
import { pictureUrl } from "./picture-url";
import { defaultPolicy, type Endpoint, type RequestPolicy, sendRequest } from "./send-request";

const answerSchema = z.object({
  results: z.array(z.object({ category_scores: z.record(z.string(), z.number()) })).min(1),
});

export type Moderation =
  | { readonly ok: true; readonly unsafe: number }
  | { readonly ok: false; readonly reason: string };

/** The highest of the probabilities that a moderation endpoint (POST /v1/moderations) gives a picture's categories. */
export async function moderateImage(
  endpoint: Endpoint,
  model: string,
  picture: RgbImage,
  options: { signal?: AbortSignal; policy?: Partial<RequestPolicy> } = {},
): Promise<Moderation> {
  const url = await pictureUrl(picture);
  const answer = await sendRequest(
    endpoint,
    {
      path: "/moderations",
      name: "The moderation endpoint",
      signal: options.signal,
      body: () => JSON.stringify({ model, input: [{ type: "image_url", image_url: { url } }] }),
    },
    { ...defaultPolicy, timeoutMs: 60_000, ...options.policy },
  );
  if (!answer.ok) return { ok: false, reason: answer.reason };
  const parsed = answerSchema.safeParse(parseJson(answer.text));
  const values = Object.values(parsed.data?.results[0]?.category_scores ?? {});
  const unsafe = Math.max(...values);
  return unsafe >= 0 && unsafe <= 1
    ? { ok: true, unsafe }
    : { ok: false, reason: "The moderation endpoint's answer holds no scores." };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
