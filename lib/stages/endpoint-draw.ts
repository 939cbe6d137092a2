import sharp from "sharp";
import { blendPixels } from "@/lib/diffusion/region-blend";
import type { ImagesEndpoint } from "@/lib/domain/endpoint-config";
import type { EndpointFacts, EndpointInputs } from "@/lib/domain/endpoint-recipe";
import type { MaskImage, RgbImage } from "@/lib/domain/image";
import type { Scores } from "@/lib/domain/scores";
import { editImage, fillPrompt } from "@/lib/generators/edit-image";
import { frameFor } from "@/lib/generators/picture-frame";
import type { Endpoint, RequestPolicy } from "@/lib/generators/send-request";
import type { InferenceEngine } from "@/lib/inference/types";
import type { TargetEmbedding } from "@/lib/perception/types";
import type { Crop } from "./anchor-image";
import { seen } from "./draw-batch";

/** One edit as an images endpoint draws it: the anchor itself is the source. */
export interface EndpointEdit {
  sourceCaption: string;
  instruction: string;
  targetCaption: string;
  anchor: { sha256: string; image: RgbImage; crop: Crop };
  /** At the anchor image's size; null where the whole picture may change. */
  mask: { sha256: string; kind: NonNullable<EndpointInputs["mask"]>["kind"]; image: MaskImage } | null;
}

/** Puts money aside before a request and says afterwards what it cost. Amounts in millionths. */
export interface Purse {
  /** False where the run's cap does not allow the request any more. */
  reserve(micros: number): Promise<boolean>;
  settle(reserved: number, spent: number): Promise<void>;
}

export interface EndpointSettings {
  endpoint: Endpoint;
  generator: ImagesEndpoint;
  pack: { name: string; version: string; hash: string };
  purse: Purse;
  /** Awaited before each request, so that not too many start in a minute. */
  pace(signal?: AbortSignal): Promise<void>;
  policy?: Partial<RequestPolicy>;
  signal?: AbortSignal;
}

export interface EndpointPair {
  inputs: EndpointInputs;
  answer: EndpointFacts;
  source: RgbImage;
  target: RgbImage;
  scores: Scores;
  /** What scoring saw of the target. */
  embedding?: TargetEmbedding;
}

export interface EndpointBatch {
  /** By position in the batch; absent where the draw failed. */
  pairs: { index: number; pair: EndpointPair }[];
  /** Draws that gave no picture, with the reason. */
  failed: string[];
  /** How many of the draws were asked for: fewer than wanted where the run's cap on spending was reached. */
  asked: number;
}

/** Pixels over which the target fades in inside the mask's border. */
const feather = 4;

/** The anchor as an endpoint takes it: whole, its longest side brought down to `maxSide`. */
export async function anchorForEndpoint(
  file: Buffer,
  maxSide: number,
): Promise<{ image: RgbImage; crop: Crop }> {
  const { width, height } = await sharp(file).metadata();
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const data = await sharp(file)
    .removeAlpha()
    .toColourspace("srgb")
    .resize(size.width, size.height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { image: { ...size, data }, crop: [0, 0, width, height] };
}

/** What the `draw`-th request for an edit asks. */
export function endpointInputs(
  edit: EndpointEdit,
  { endpoint, generator, pack }: EndpointSettings,
  draw: number,
): EndpointInputs {
  const { image, sha256, crop } = edit.anchor;
  const { canvas } = frameFor(image, generator.sizes.map(sizeOf));
  return {
    kind: "endpoint",
    anchor: sha256,
    crop,
    size: [image.height, image.width],
    sourceCaption: edit.sourceCaption,
    instruction: edit.instruction,
    targetCaption: edit.targetCaption,
    draw,
    endpoint: {
      address: endpoint.baseUrl,
      model: generator.model,
      prompt: fillPrompt(generator.prompt, edit),
      askedSize: generator.sizes.length > 0 ? `${canvas.width}x${canvas.height}` : null,
      quality: generator.quality ?? null,
    },
    mask: edit.mask && { sha256: edit.mask.sha256, kind: edit.mask.kind, feather },
    pack,
  };
}

/** Asks for some candidates of one edit at once, puts back every pixel outside the mask, and scores them. */
export async function drawFromEndpoint(
  engine: Pick<InferenceEngine, "score">,
  edit: EndpointEdit,
  settings: EndpointSettings,
  draws: readonly number[],
): Promise<EndpointBatch> {
  const asked = await affordable(settings, draws);
  const source = edit.anchor.image;
  const outcomes = await Promise.all(asked.map((draw) => paidRequest(edit, settings, draw)));
  const failed: string[] = [];
  const made = outcomes.flatMap((outcome, index) => {
    if (outcome.ok) return [{ index, ...outcome.made }];
    failed.push(outcome.reason);
    return [];
  });
  const scored = await engine.score(
    made.map(({ target }) => ({
      source,
      target,
      sourceCaption: edit.sourceCaption,
      targetCaption: edit.targetCaption,
      ...(edit.mask && { mask: edit.mask.image }),
    })),
  );
  const pairs = made.map(({ index, ...pair }, i) => ({
    index,
    pair: { ...pair, source, ...seen(scored[i]!) },
  }));
  return { pairs, failed, asked: asked.length };
}

/** The first of the draws that the run's cap still allows, with their price put aside. */
async function affordable({ purse, generator }: EndpointSettings, draws: readonly number[]) {
  const allowed: number[] = [];
  for (const draw of draws) {
    if (!(await purse.reserve(expectedMicros(generator)))) break;
    allowed.push(draw);
  }
  return allowed;
}

function expectedMicros({ price }: ImagesEndpoint): number {
  return Math.round(1e6 * price.perRequest);
}

type Made = Omit<EndpointPair, "source" | "scores" | "embedding">;

async function paidRequest(
  edit: EndpointEdit,
  settings: EndpointSettings,
  draw: number,
): Promise<{ ok: true; made: Made } | { ok: false; reason: string }> {
  const { endpoint, generator, purse, signal } = settings;
  const inputs = endpointInputs(edit, settings, draw);
  const source = edit.anchor.image;
  let spent = 0;
  try {
    await settings.pace(signal);
    const outcome = await editImage(
      endpoint,
      generator,
      { picture: source, mask: edit.mask?.image ?? null, prompt: inputs.endpoint.prompt },
      { ...(signal && { signal }), ...(settings.policy && { policy: settings.policy }) },
    );
    spent = outcome.ok ? outcome.edited.facts.costMicros : outcome.costMicros;
    if (!outcome.ok) return outcome;
    const { image, facts } = outcome.edited;
    return {
      ok: true,
      made: {
        inputs,
        answer: {
          requestId: facts.requestId,
          attempts: facts.attempts,
          costMicros: facts.costMicros,
          usage: facts.usage,
          returnedSize: facts.returnedSize,
          revisedPrompt: facts.revisedPrompt,
          at: new Date().toISOString(),
        },
        target: edit.mask ? blendPixels(source, image, edit.mask.image, feather) : image,
      },
    };
  } finally {
    await purse.settle(expectedMicros(generator), spent);
  }
}

function sizeOf(text: string): { width: number; height: number } {
  const [width = 0, height = 0] = text.split("x").map(Number);
  return { width, height };
}
