import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { BlendMaps } from "./attention/local-blend";
import { type PairControl, pairControl } from "./attention/pair-control";
import { checkRequest } from "./check-request";
import type { LatentCodec } from "./latent-codec";
import { normalNoise } from "./noise";
import { latentMask } from "./region-blend";
import { createSchedule } from "./schedulers/create-schedule";
import type { Schedule } from "./schedulers/schedule";
import type { TextConditioning, TextEncoder } from "./text-conditioning";
import type { GenerationRequest, StepRecord } from "./types";

/** One pair on its way; `source` and `target` are UNet latents [C,h,w], replaced at every step. */
export interface PairState {
  readonly request: GenerationRequest;
  readonly schedule: Schedule;
  readonly control: PairControl;
  readonly sourceText: TextConditioning;
  readonly targetText: TextConditioning;
  /** Present when guidance is on. */
  readonly negativeText: TextConditioning | undefined;
  /** Clean latents of the anchor. */
  readonly anchor: Float32Array | undefined;
  readonly initialNoise: Float32Array;
  readonly latentSize: readonly [height: number, width: number];
  /** Region on the latent grid, in [0,1]. */
  readonly mask: Float32Array | undefined;
  source: Float32Array;
  target: Float32Array;
  blendMaps: BlendMaps | undefined;
  readonly steps: StepRecord[];
  unetEvaluations: number;
}

/** What a request needs before its first step: text, control, schedule, noise and starting latents. */
export async function startPair(
  request: GenerationRequest,
  generator: GeneratorManifest,
  text: TextEncoder,
  codec: LatentCodec,
): Promise<PairState> {
  checkRequest(request, generator);
  const schedule = createSchedule(generator.scheduler, request.steps, request.anchor ? request.strength : 1);
  const control = pairControl(
    text.tokenize(request.sourceCaption),
    text.tokenize(request.targetCaption),
    request.control,
    schedule.timesteps.length,
  );
  const { vae } = generator;
  const [height, width] = request.size;
  const anchor = request.anchor && (await codec.encode(request.anchor));
  const latentSize = [height / vae.factor, width / vae.factor] as const;
  const count = vae.latentChannels * latentSize[0] * latentSize[1];
  const initialNoise = normalNoise(request.seed, "initial", 0, count);
  const start = anchor ? schedule.addNoise(anchor, initialNoise, 0) : schedule.fromNoise(initialNoise);
  return {
    request,
    schedule,
    control,
    sourceText: await text.encode(request.sourceCaption),
    targetText: await text.encode(request.targetCaption),
    negativeText: request.guidance > 1 ? await text.encodeNegative(request.negativeCaption) : undefined,
    anchor,
    initialNoise,
    latentSize,
    mask: request.region && latentMask(request.region.mask, vae.factor),
    source: start,
    target: start,
    blendMaps: undefined,
    steps: [],
    unetEvaluations: 0,
  };
}
