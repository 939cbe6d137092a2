import { z } from "zod";
import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import { outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { preprocessImage } from "./preprocess-image";
import type { ImageTag } from "./types";

/**
 * Tags of an image at or above `threshold` (the pack's by default), most likely first. Each tag is judged on its
 * own; they are not alternatives.
 */
export async function tagImage(pack: Pack, image: RgbImage, threshold?: number): Promise<ImageTag[]> {
  const tagger = pack.role("tagger");
  const model = await pack.model(tagger.file);
  const names = z.array(z.string()).safeParse(JSON.parse(await pack.text(tagger.tags)));
  const { tensor } = preprocessImage(image, tagger.preprocessing);
  const logits = outputOf(model, await model.run({ pixel_values: tensor }), "logits").data;
  if (!names.success || names.data.length !== logits.length) {
    throw new UserError(
      "unavailable",
      `${tagger.tags} must be a list of ${logits.length} tag names.`,
      tagger.tags,
    );
  }
  return names.data
    .map((tag, k) => ({ tag, probability: 1 / (1 + Math.exp(-logits[k]!)) }))
    .filter(({ probability }) => probability >= (threshold ?? tagger.threshold))
    .sort((a, b) => b.probability - a.probability);
}
