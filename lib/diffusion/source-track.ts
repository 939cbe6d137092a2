import { createHash } from "node:crypto";
import type { RgbImage } from "@/lib/domain/image";
import type { GenerationRequest, GraphName } from "./types";

/** One step of a source: latents [C,h,w] as the scheduler left them, then held to the anchor, then with its background. */
export interface SourceStep {
  readonly stepped: Float32Array;
  readonly held: Float32Array;
  readonly next: Float32Array;
}

/**
 * A source image on its way. All targets drawn from one source look at one track, so its steps are taken once and its
 * picture is decoded once, also where the targets come in several batches.
 */
export interface SourceTrack {
  /** Graph that the source's rows run on, by step. */
  readonly route: readonly GraphName[];
  /** Latents before the first step. */
  readonly start: Float32Array;
  /** Steps taken so far. */
  readonly steps: SourceStep[];
  /** Decoded, once its last step is taken. */
  image: RgbImage | undefined;
}

/** Latents before step `i`, which the track must have reached. */
export function sourceBefore({ start, steps }: SourceTrack, i: number): Float32Array {
  return i === 0 ? start : steps[i - 1]!.next;
}

/** The source's latents as they are now. */
export function sourceLatents(track: SourceTrack): Float32Array {
  return sourceBefore(track, track.steps.length);
}

export function startTrack(route: readonly GraphName[], start: Float32Array): SourceTrack {
  return { route, start, steps: [], image: undefined };
}

/** Names everything that decides a source's pixels: requests with equal keys have the same source, byte for byte. */
export function sourceKey(request: GenerationRequest, route: readonly GraphName[]): string {
  const {
    sourceCaption,
    negativeCaption,
    size,
    anchor,
    seed,
    noiseSum,
    steps,
    strength,
    guidance,
    keepAnchor,
    region,
  } = request;
  const facts = {
    sourceCaption,
    negativeCaption: guidance > 1 ? (negativeCaption ?? null) : null,
    size,
    anchor: anchor && digest(anchor.data),
    seed,
    noiseSum,
    steps,
    strength,
    guidance,
    keepAnchor: keepAnchor ?? false,
    region: region && [region.blend ?? "alternate", digest(region.mask.data)],
    route,
  };
  return digest(JSON.stringify(facts));
}

function digest(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("base64");
}
