import { createHash } from "node:crypto";
import { boundedCache } from "@/lib/domain/bounded-cache";
import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import { type ImageEncoder, imageEncoderOf } from "@/lib/packs/image-encoder";
import { loadTokenizer } from "@/lib/packs/load-tokenizer";
import { outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { preprocessImage } from "./preprocess-image";
import { unsafeProbability } from "./unsafe-probability";
import { unitVector } from "./vectors";

/** Embeddings of unit length, and what a classifier says. Every input goes through on its own, so none depends on what it came with. */
export interface Embedders {
  clipText(text: string): Promise<Float32Array>;
  clipImage(image: RgbImage): Promise<Float32Array>;
  selfSupervised(image: RgbImage): Promise<Float32Array>;
  /** By which look-alikes are told; null where the pack has none. */
  readonly imageEncoder: ImageEncoder | null;
  /** Probability of unsafe content. */
  unsafe(image: RgbImage): Promise<number>;
}

const rememberedEmbeddings = 1024;

/** The encoders of a pack; asking for one that the pack lacks rejects with a clear error. */
export function openEmbedders(pack: Pack): Embedders {
  const remember = boundedCache<Float32Array>(rememberedEmbeddings);
  const tokenizer = boundedCache<Awaited<ReturnType<typeof loadTokenizer>>>(1);

  const embedImage = (kind: "clip" | "selfSupervised", image: RgbImage) =>
    remember(`${kind} ${imageKey(image)}`, async () => {
      const [file, preprocessing, output] =
        kind === "clip"
          ? [pack.role("clip").image, pack.role("clip").preprocessing, "image_embeds"]
          : [pack.role("selfSupervised").file, pack.role("selfSupervised").preprocessing, "embedding"];
      const model = await pack.model(file);
      const { tensor } = preprocessImage(image, preprocessing);
      return requireUnit(outputOf(model, await model.run({ pixel_values: tensor }), output).data, file);
    });

  return {
    clipText: (text) =>
      remember(`text ${text}`, async () => {
        const clip = pack.role("clip");
        const encoder = await tokenizer("", () => loadTokenizer(pack, clip.tokenizer));
        const model = await pack.model(clip.text);
        const { ids } = encoder.encode(text);
        const results = await model.run({
          input_ids: { data: BigInt64Array.from(ids, BigInt), dims: [1, ids.length] },
        });
        return requireUnit(outputOf(model, results, "text_embeds").data, clip.text);
      }),
    clipImage: (image) => embedImage("clip", image),
    selfSupervised: (image) => embedImage("selfSupervised", image),
    imageEncoder: imageEncoderOf(pack.manifest),
    unsafe: (image) => unsafeProbability(pack, image),
  };
}

function imageKey({ width, height, data }: RgbImage): string {
  return `${width}x${height} ${createHash("sha256").update(data).digest("base64")}`;
}

function requireUnit(vector: Float32Array, file: string): Float32Array {
  const unit = unitVector(vector);
  if (!unit || unit.some(Number.isNaN))
    throw new UserError("unavailable", `${file} gave an empty embedding.`, file);
  return unit;
}
