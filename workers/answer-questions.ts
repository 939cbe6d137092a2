import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { boundedCache } from "@/lib/domain/bounded-cache";
import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import type { InferenceEngine } from "@/lib/inference/types";
import type { SegmentLogits, SegmentPrompt, SegmentRuns } from "@/lib/perception/types";
import type { Studio } from "@/lib/server/context";
import type { Answerer } from "@/lib/server/interactive/door-protocol";

/** No model here looks at more than this; a smaller copy is decoded and sent to the models, pixels. */
const workingSide = 1024;
/** As many pictures as the engine keeps embeddings of. */
const rememberedImages = 8;
/** Low-resolution answers kept for refinement; each is a quarter of a megabyte at most. */
const rememberedAnswers = 64;

interface Picture {
  /** At most `workingSide` on its longer side. */
  copy: RgbImage;
  width: number;
  height: number;
}

/**
 * Answers the questions that a person waits for.
 * @param engineFor the engine that is kept for people, apart from the one that runs generate with
 */
export function answerQuestions(
  studio: Pick<Studio, "store">,
  engineFor: (pack: string) => Promise<InferenceEngine>,
): Answerer {
  const pictures = boundedCache<Picture>(rememberedImages);
  const picture = (sha: string) => pictures(sha, () => readPicture(studio, sha));
  const encoding = new Map<string, Promise<void>>();
  const logits = new Map<string, SegmentLogits>();

  /** Encodes once, also when a click comes while the encoding is under way. */
  const encode = (engine: InferenceEngine, pack: string, sha: string): Promise<void> => {
    const key = `${pack}/${sha}`;
    const known = encoding.get(key);
    if (known) return known;
    const made = (async () => {
      const { copy, width, height } = await picture(sha);
      await engine.segmentEncode(sha, copy, { full: { width, height } });
    })();
    encoding.set(key, made);
    const forget = () => encoding.delete(key);
    made.then(forget, forget);
    return made;
  };

  const segment = async (pack: string, sha: string, prompt: SegmentPrompt): Promise<SegmentRuns[]> => {
    const engine = await engineFor(pack);
    await encoding.get(`${pack}/${sha}`);
    return engine.segmentRuns(sha, prompt).catch(async (error: unknown) => {
      if (!(error instanceof UserError) || error.code !== "not-found") throw error;
      await encode(engine, pack, sha);
      return engine.segmentRuns(sha, prompt);
    });
  };

  const remember = ({ runs, quality, logits: made }: SegmentRuns) => {
    const previous = randomUUID();
    logits.set(previous, made);
    const oldest = logits.keys().next().value;
    if (logits.size > rememberedAnswers && oldest !== undefined) logits.delete(oldest);
    return {
      crop: [...runs.crop] as [number, number, number, number],
      counts: [...runs.counts],
      quality,
      previous,
    };
  };

  return {
    encode: ({ pack, imageSha }) =>
      timed(async () => {
        await encode(await engineFor(pack), pack, imageSha);
        return {};
      }),
    click: ({ pack, imageSha, points, box, previous }) =>
      timed(async () => {
        const earlier = previous === undefined ? undefined : logits.get(previous);
        if (previous !== undefined && !earlier && points.length === 0 && !box) {
          throw new UserError(
            "not-found",
            "That answer is too long ago to be refined; click again.",
            "previous",
          );
        }
        const prompt = { points, ...(box && { box }), ...(earlier && { previous: earlier }) };
        return { masks: (await segment(pack, imageSha, prompt)).map(remember) };
      }),
    detect: ({ pack, imageSha, text, threshold, masks }) =>
      timed(async () => {
        const { copy, width } = await picture(imageSha);
        const engine = await engineFor(pack);
        const scale = width / copy.width;
        const queries = text
          .split(/[,;\n]/)
          .map((query) => query.trim())
          .filter(Boolean);
        const detections = await engine.detect(copy, queries, threshold === undefined ? {} : { threshold });
        const canSegment = masks && (await engine.status()).roles.includes("segmenter");
        const found = [];
        for (const { box: small, score, query } of detections) {
          const box = {
            x: small.x * scale,
            y: small.y * scale,
            width: small.width * scale,
            height: small.height * scale,
          };
          const [best] = canSegment ? await segment(pack, imageSha, { box }) : [];
          found.push({ box, score, query, mask: best ? remember(best) : null });
        }
        return { found };
      }),
    async embedText({ pack, texts }) {
      const vectors = await (await engineFor(pack)).embedText(texts);
      return { vectors: vectors.map((vector) => Array.from(vector)) };
    },
  };
}

async function readPicture({ store }: Pick<Studio, "store">, sha: string): Promise<Picture> {
  const image = sharp(await store.read(sha));
  const { width, height } = await image.metadata();
  const { data, info } = await image
    .resize({ width: workingSide, height: workingSide, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (!width || !height || info.channels !== 3) {
    throw new UserError("bad-input", `The image ${sha} cannot be read as a colour picture.`, "imageSha");
  }
  return { copy: { width: info.width, height: info.height, data }, width, height };
}

async function timed<T extends object>(work: () => Promise<T>): Promise<T & { milliseconds: number }> {
  const start = performance.now();
  const value = await work();
  return { ...value, milliseconds: performance.now() - start };
}
