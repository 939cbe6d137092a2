import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import { outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { preprocessImage } from "./preprocess-image";

/**
 * Probability in [0,1] that a picture is unsafe, by the pack's classifier: the sum over its unsafe classes where they
 * exclude each other (softmax), the largest of them where they do not (sigmoid).
 * @throws UserError `unavailable` where the pack has no such classifier
 */
export async function unsafeProbability(pack: Pack, image: RgbImage): Promise<number> {
  const safety = pack.role("safety");
  const model = await pack.model(safety.file);
  const { tensor } = preprocessImage(image, safety.preprocessing);
  const logits = outputOf(model, await model.run({ pixel_values: tensor }), "logits").data;
  if (safety.unsafe.some((index) => index >= logits.length)) {
    throw new UserError(
      "unavailable",
      `${safety.file} has ${logits.length} classes; safety.unsafe names one beyond.`,
      safety.file,
    );
  }
  if (safety.activation === "sigmoid") {
    return Math.max(...safety.unsafe.map((index) => 1 / (1 + Math.exp(-logits[index]!))));
  }
  const highest = Math.max(...logits);
  const weights = Array.from(logits, (logit) => Math.exp(logit - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return safety.unsafe.reduce((sum, index) => sum + weights[index]!, 0) / total;
}
