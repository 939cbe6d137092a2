import { UserError } from "@/lib/domain/errors";
import { runtimeVersion } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { anchorWithChanges } from "./hold-anchor";
import { openLatentCodec } from "./latent-codec";
import { noiseVersion } from "./noise";
import { createSourceTracks, type PairState, startPair } from "./pair-state";
import { blendPixels } from "./region-blend";
import { sampleStep } from "./sample-step";
import { sourceLatents } from "./source-track";
import { openTextEncoder } from "./text-conditioning";
import type { GeneratedPair, GenerationOutcome, GenerationRequest, RecipeFacts } from "./types";
import { openUnet } from "./unet-runner";

export interface GeneratorOptions {
  /** Most UNet rows in one run; 16 by default: 8 pairs, or a source with 15 targets. */
  readonly maxRows?: number;
  /** Awaited before every model run of the sampling loop, so that urgent work can go in between. */
  readonly beforeRun?: () => Promise<void>;
}

export interface Generator {
  /**
   * Makes one pair per request, in order. Requests share batches but not results: each pair depends on its own
   * request only. A request that cannot be done gives its reason; a failing model rejects the call.
   */
  generatePairs(requests: readonly GenerationRequest[]): Promise<GenerationOutcome[]>;
}

/** Opens the generator of a pack: captions, VAE, UNet and scheduler as one. */
export async function openGenerator(pack: Pack, options: GeneratorOptions = {}): Promise<Generator> {
  const manifest = pack.role("generator");
  const text = await openTextEncoder(pack, manifest);
  const codec = openLatentCodec(pack, manifest);
  const beforeRun = options.beforeRun ?? (async () => {});
  const unet = openUnet(pack, manifest, { maxRows: options.maxRows ?? 16, beforeRun });
  const tracks = createSourceTracks();
  const runtime = await runtimeVersion();

  const factsOf = (pair: PairState): RecipeFacts => ({
    pack: { name: pack.manifest.name, version: pack.manifest.version, hash: pack.hash },
    provider: pack.provider,
    runtime,
    noise: noiseVersion,
    scheduler: manifest.scheduler.kind,
    steps: pair.steps,
    unetEvaluations: pair.unetEvaluations,
    truncated: { source: pair.sourceText.tokenized.truncated, target: pair.targetText.tokenized.truncated },
  });

  const finish = async (pair: PairState): Promise<Pick<GeneratedPair, "source" | "target">> => {
    const [height, width] = pair.request.size;
    const track = pair.source;
    await beforeRun();
    track.image ??= await codec.decode(sourceLatents(track), height, width);
    const source = track.image;
    await beforeRun();
    const target = await codec.decode(pair.target, height, width);
    const { region, anchor, keepAnchor } = pair.request;
    const made =
      keepAnchor && anchor
        ? { source: anchor, target: anchorWithChanges(anchor, source, target) }
        : { source, target };
    if (!region) return made;
    return { ...made, target: blendPixels(made.source, made.target, region.mask, region.featherPixels ?? 4) };
  };

  return {
    async generatePairs(requests) {
      const start = performance.now();
      const begun = await Promise.all(
        requests.map((request) => startPair(request, manifest, text, codec, tracks).catch(asReason)),
      );
      const encoded = performance.now();
      const pairs = begun.filter((entry): entry is PairState => typeof entry !== "string");
      const most = pairs.reduce((steps, pair) => Math.max(steps, pair.schedule.timesteps.length), 0);
      for (let i = 0; i < most; i++) {
        const running = pairs.filter((pair) => i < pair.schedule.timesteps.length);
        for (const group of bySize(running)) await sampleStep(group, i, unet);
      }
      const sampled = performance.now();
      const images = new Map<PairState, Pick<GeneratedPair, "source" | "target">>();
      for (const pair of pairs) if (isFinitePair(pair)) images.set(pair, await finish(pair));
      const end = performance.now();

      const timings = {
        prepare: encoded - start,
        unet: sampled - encoded,
        decode: end - sampled,
        total: end - start,
        pairs: pairs.length,
      };
      return begun.map((entry) => {
        if (typeof entry === "string") return { ok: false, reason: entry };
        const made = images.get(entry);
        if (!made) return { ok: false, reason: "The model's numbers ran over: the latents are not finite." };
        return { ok: true, pair: { ...made, recipe: factsOf(entry), timings } };
      });
    },
  };
}

function isFinitePair({ source, target }: PairState): boolean {
  return sourceLatents(source).every(Number.isFinite) && target.every(Number.isFinite);
}

/** The user's own mistakes become reasons; anything else is ours and is thrown on. */
function asReason(error: unknown): string {
  if (error instanceof UserError && error.code === "bad-input" && error.subject !== undefined)
    return error.message;
  throw error;
}

function bySize(pairs: readonly PairState[]): PairState[][] {
  const groups = new Map<string, PairState[]>();
  for (const pair of pairs) {
    const key = pair.request.size.join("x");
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  return [...groups.values()];
}
