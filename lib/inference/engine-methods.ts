import { type Generator, openGenerator } from "@/lib/diffusion/open-generator";
import { UserError } from "@/lib/domain/errors";
import type { Pack } from "@/lib/packs/open-pack";
import { type Detector, openDetector } from "@/lib/perception/open-detector";
import { openEmbedders } from "@/lib/perception/open-embedders";
import { openSegmenter, type SegmentEncoding } from "@/lib/perception/open-segmenter";
import { scorePair } from "@/lib/perception/score-pair";
import { tagImage } from "@/lib/perception/tag-image";
import type { JobQueue } from "./job-queue";
import type { EngineCalls, EngineMethod } from "./protocol";

export type EngineMethods = {
  [M in EngineMethod]: (args: EngineCalls[M]["args"]) => Promise<EngineCalls[M]["result"]>;
};

/** Encoded images that stay at hand for prompts; each holds the segmenter's whole embedding. */
const rememberedEncodings = 8;

/** The engine's methods over a pack; each part is opened when it is first asked for. */
export function engineMethods(pack: Pack, queue: JobQueue): EngineMethods {
  const breathe = () => queue.letInteractiveIn();
  let generator: Promise<Generator> | undefined;
  let detector: Promise<Detector> | undefined;
  const embedders = openEmbedders(pack);
  const encodings = new Map<string, SegmentEncoding>();

  const encodingOf = (key: string): SegmentEncoding => {
    const encoding = encodings.get(key);
    if (!encoding) {
      throw new UserError("not-found", "This image must be encoded before it can be prompted.", "key");
    }
    encodings.delete(key);
    encodings.set(key, encoding);
    return encoding;
  };

  const inTurn = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
    const results: R[] = [];
    for (const item of items) {
      await breathe();
      results.push(await work(item));
    }
    return results;
  };

  return {
    async generatePairs({ requests }) {
      generator ??= openGenerator(pack, { beforeRun: breathe });
      return (await generator).generatePairs(requests);
    },
    score: ({ requests }) => inTurn(requests, (request) => scorePair(embedders, request)),
    embedText: ({ texts }) => inTurn(texts, embedders.clipText),
    embedImage: ({ images, model }) =>
      inTurn(images, model === "clip" ? embedders.clipImage : embedders.selfSupervised),
    tag: ({ image, threshold }) => tagImage(pack, image, threshold),
    async detect({ image, queries, options }) {
      detector ??= openDetector(pack);
      return (await detector).detect(image, queries, options);
    },
    async segmentEncode({ key, image, full }) {
      const encoding = await openSegmenter(pack).encode(image, full);
      encodings.delete(key);
      encodings.set(key, encoding);
      const oldest = encodings.keys().next().value;
      if (encodings.size > rememberedEncodings && oldest !== undefined) encodings.delete(oldest);
      return undefined;
    },
    segmentPrompt: async ({ key, prompt }) => openSegmenter(pack).prompt(encodingOf(key), prompt),
    segmentRuns: async ({ key, prompt }) => openSegmenter(pack).promptRuns(encodingOf(key), prompt),
    async status() {
      const { manifest, hash, provider, roles } = pack;
      return {
        pack: { name: manifest.name, version: manifest.version, hash },
        provider,
        roles,
        sessions: pack
          .loaded()
          .map(({ file, milliseconds, residentBytes }) => ({ file, milliseconds, residentBytes })),
        residentBytes: process.memoryUsage.rss(),
        waiting: queue.waiting,
      };
    },
  };
}
