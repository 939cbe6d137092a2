import { boundedCache } from "@/lib/domain/bounded-cache";
import { noiseOf } from "@/lib/domain/draw-noise";
import type { GeneratorManifest } from "@/lib/packs/manifest";
import type { BlendMaps } from "./attention/local-blend";
import { type PairControl, pairControl, stepControl } from "./attention/pair-control";
import { checkRequest } from "./check-request";
import type { LatentCodec } from "./latent-codec";
import { mixedNoise } from "./noise";
import { latentMask } from "./region-blend";
import { createSchedule } from "./schedulers/create-schedule";
import type { Schedule } from "./schedulers/schedule";
import { type SourceTrack, sourceKey, startTrack } from "./source-track";
import type { TextConditioning, TextEncoder } from "./text-conditioning";
import type { GenerationRequest, GraphName, StepRecord } from "./types";

/** Sources that are remembered for targets still to come. */
const rememberedSources = 16;

/** Finds the track of a source by its key, or begins it. */
export type SourceTracks = (key: string, begin: () => Promise<SourceTrack>) => Promise<SourceTrack>;

export const createSourceTracks = (): SourceTracks => boundedCache<SourceTrack>(rememberedSources);

/** One pair on its way; `target` is UNet latents [C,h,w], replaced at every step. It begins as its source does. */
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
  /** Shared with other pairs of the same source. */
  readonly source: SourceTrack;
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
  tracks: SourceTracks,
): Promise<PairState> {
  checkRequest(request, generator);
  const schedule = createSchedule(generator.scheduler, request.steps, request.anchor ? request.strength : 1);
  const realSteps = schedule.timesteps.length;
  const captions = [text.tokenize(request.sourceCaption), text.tokenize(request.targetCaption)] as const;
  const control = pairControl(...captions, request.control, realSteps);
  const widest = request.sourceControl
    ? pairControl(...captions, { ...request.control, ...request.sourceControl }, realSteps)
    : control;
  const route = Array.from(
    { length: realSteps },
    (_, i): GraphName =>
      stepControl(control, i).needed || stepControl(widest, i).needed ? "controlled" : "plain",
  );
  const { vae } = generator;
  const [height, width] = request.size;
  const anchor = request.anchor && (await codec.encode(request.anchor));
  const latentSize = [height / vae.factor, width / vae.factor] as const;
  const count = vae.latentChannels * latentSize[0] * latentSize[1];
  const initialNoise = mixedNoise(noiseOf(request), count);
  const begin = async () =>
    startTrack(route, anchor ? schedule.addNoise(anchor, initialNoise, 0) : schedule.fromNoise(initialNoise));
  const source = await (request.sourceControl ? tracks(sourceKey(request, route), begin) : begin());
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
    source,
    target: source.start,
    blendMaps: undefined,
    steps: [],
    unetEvaluations: 0,
  };
}
