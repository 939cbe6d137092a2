import { createHash } from "node:crypto";
import { z } from "zod";
import { costMicros, type ImagesEndpoint } from "@/lib/domain/endpoint-config";
import { UserError } from "@/lib/domain/errors";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import { framedMask, framedPicture, frameFor, unframed } from "./picture-frame";
import { defaultPolicy, type Endpoint, type RequestPolicy, sendRequest } from "./send-request";

/** One edit as the images endpoint takes it. */
export interface ImageEdit {
  readonly picture: RgbImage;
  /** In the picture's pixels; null leaves the whole picture free. */
  readonly mask: MaskImage | null;
  readonly prompt: string;
}

export interface EditedImage {
  /** At the picture's size, as the endpoint made it: nothing outside the mask is put back yet. */
  readonly image: RgbImage;
  readonly facts: {
    readonly requestId: string | null;
    readonly attempts: number;
    readonly costMicros: number;
    readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
    /** Width and height asked for, or null where that was left to the endpoint, and those that came back. */
    readonly askedSize: string | null;
    readonly returnedSize: string;
    /** SHA-256 of the mask file that was sent. */
    readonly sentMask: string | null;
    /** The prompt as the endpoint says it rewrote it. */
    readonly revisedPrompt: string | null;
  };
}

export type ImageEditOutcome =
  | { readonly ok: true; readonly edited: EditedImage }
  | { readonly ok: false; readonly reason: string; readonly costMicros: number };

const answerSchema = z.object({
  data: z
    .array(
      z.object({
        b64_json: z.string().nullish(),
        url: z.string().nullish(),
        revised_prompt: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ input_tokens: z.number().default(0), output_tokens: z.number().default(0) }).nullish(),
});

/** Largest picture, in bytes, that an endpoint may send. */
const largestAnswer = 64 * 1024 * 1024;

/** Asks an OpenAI-compatible endpoint (POST /v1/images/edits) for one edited picture. */
export async function editImage(
  endpoint: Endpoint,
  settings: ImagesEndpoint,
  edit: ImageEdit,
  options: { signal?: AbortSignal; policy?: Partial<RequestPolicy> } = {},
): Promise<ImageEditOutcome> {
  const frame = frameFor(edit.picture, settings.sizes.map(parseSize));
  const picture = await framedPicture(edit.picture, frame);
  const mask = edit.mask && (await framedMask(edit.mask, frame));
  const askedSize = settings.sizes.length > 0 ? `${frame.canvas.width}x${frame.canvas.height}` : null;
  const body = () => {
    const form = new FormData();
    form.set("model", settings.model);
    form.set("prompt", edit.prompt);
    form.set("n", "1");
    form.set("image", pngFile(picture), "image.png");
    if (mask) form.set("mask", pngFile(mask), "mask.png");
    if (askedSize) form.set("size", askedSize);
    if (settings.quality) form.set("quality", settings.quality);
    return form;
  };
  const answer = await sendRequest(
    endpoint,
    { path: "/images/edits", body, name: "The images endpoint", signal: options.signal },
    { ...defaultPolicy, maxRetries: settings.maxRetries, ...options.policy },
  );
  if (!answer.ok) return { ok: false, reason: answer.reason, costMicros: 0 };

  const parsed = answerSchema.safeParse(parseJson(answer.text));
  const usage = parsed.data?.usage && {
    inputTokens: parsed.data.usage.input_tokens,
    outputTokens: parsed.data.usage.output_tokens,
  };
  const cost = costMicros(settings.price, usage ?? null);
  const fail = (reason: string): ImageEditOutcome => ({ ok: false, reason, costMicros: cost });
  const item = parsed.data?.data[0];
  if (!item) return fail("The images endpoint answered with something that holds no picture.");
  try {
    const bytes = await pictureBytes(item, endpoint, options.signal);
    const { image, returned } = await unframed(bytes, frame, edit.picture);
    return {
      ok: true,
      edited: {
        image,
        facts: {
          requestId: answer.requestId,
          attempts: answer.attempts,
          costMicros: cost,
          usage: usage ?? null,
          askedSize,
          returnedSize: `${returned.width}x${returned.height}`,
          sentMask: mask && createHash("sha256").update(mask).digest("hex"),
          revisedPrompt: item.revised_prompt ?? null,
        },
      },
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    return fail(`The images endpoint sent a picture that cannot be read (${(error as Error).message}).`);
  }
}

/** The prompt of an edit: the template with the edit's texts. */
export function fillPrompt(
  template: string,
  texts: { instruction: string; sourceCaption: string; targetCaption: string },
): string {
  const values: Record<string, string> = {
    instruction: texts.instruction,
    source: texts.sourceCaption,
    target: texts.targetCaption,
  };
  return template.replace(/\{(instruction|source|target)\}/g, (_, name: string) => values[name] ?? "");
}

async function pictureBytes(
  item: { b64_json?: string | null | undefined; url?: string | null | undefined },
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (item.b64_json) return Buffer.from(item.b64_json, "base64");
  if (!item.url) throw new UserError("unavailable", "it has neither b64_json nor url");
  const data = /^data:[^,]*;base64,(.*)$/s.exec(item.url)?.[1];
  if (data) return Buffer.from(data, "base64");
  const url = new URL(item.url, `${endpoint.baseUrl}/`);
  if (!/^https?:$/.test(url.protocol)) throw new UserError("unavailable", `its address is ${url.protocol}`);
  const late = AbortSignal.timeout(120_000);
  const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, late]) : late });
  if (!response.ok) throw new UserError("unavailable", `its address answers ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > largestAnswer) throw new UserError("limit-exceeded", "it is larger than 64 MB");
  return bytes;
}

function parseSize(text: string): { width: number; height: number } {
  const [width = 0, height = 0] = text.split("x").map(Number);
  return { width, height };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function pngFile(bytes: Uint8Array): Blob {
  return new Blob([Uint8Array.from(bytes)], { type: "image/png" });
}
