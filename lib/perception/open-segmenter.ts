import { UserError } from "@/lib/domain/errors";
import type { RgbImage } from "@/lib/domain/image";
import { type FloatTensor, outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { logitsToMask } from "./logits-to-mask";
import { logitsToRuns } from "./logits-to-runs";
import { type Placement, preprocessImage } from "./preprocess-image";
import type { SegmentMask, SegmentPrompt, SegmentRuns } from "./types";

/** What the encoder made of an image; prompts against it are cheap. */
export interface SegmentEncoding {
  readonly embeddings: FloatTensor;
  readonly placement: Placement;
  readonly width: number;
  readonly height: number;
}

export interface Segmenter {
  /** @param full size of the picture that `image` is a smaller copy of; prompts and masks are in its pixels */
  encode(image: RgbImage, full?: { width: number; height: number }): Promise<SegmentEncoding>;
  /** Masks for a prompt, the model's favourite first. */
  prompt(encoding: SegmentEncoding, prompt: SegmentPrompt): Promise<SegmentMask[]>;
  /** The same as runs, which for large pictures is much quicker. */
  promptRuns(encoding: SegmentEncoding, prompt: SegmentPrompt): Promise<SegmentRuns[]>;
}

/** The promptable segmenter of a pack (signature of SAM, Kirillov et al. 2023). */
export function openSegmenter(pack: Pack): Segmenter {
  const segmenter = pack.role("segmenter");
  const side = segmenter.maskSize;
  const answer = async (encoding: SegmentEncoding, prompt: SegmentPrompt) => {
    const { coordinates, labels } = promptPoints(prompt, encoding.placement);
    const previous = prompt.previous;
    if (previous && previous.data.length !== side * side) {
      throw new UserError("bad-input", `The earlier mask must have ${side}×${side} logits.`, "previous");
    }
    const model = await pack.model(segmenter.decoder);
    const results = await model.run({
      image_embeddings: encoding.embeddings,
      input_points: { data: Float32Array.from(coordinates), dims: [1, 1, labels.length, 2] },
      input_labels: { data: BigInt64Array.from(labels, BigInt), dims: [1, 1, labels.length] },
      mask_input: { data: previous?.data ?? new Float32Array(side * side), dims: [1, 1, side, side] },
      has_mask_input: { data: Float32Array.of(previous ? 1 : 0), dims: [1] },
    });
    const qualities = outputOf(model, results, "iou_scores").data;
    const masks = outputOf(model, results, "pred_masks").data;
    return Array.from(qualities, (quality, k) => ({
      quality,
      logits: { side, data: masks.slice(k * side * side, (k + 1) * side * side) },
    })).sort((a, b) => b.quality - a.quality);
  };
  return {
    async encode(image, full = image) {
      const model = await pack.model(segmenter.encoder);
      const { tensor, placement } = preprocessImage(image, segmenter.preprocessing);
      const embeddings = outputOf(model, await model.run({ pixel_values: tensor }), "image_embeddings");
      return {
        embeddings,
        placement: {
          ...placement,
          scaleX: (placement.scaleX * image.width) / full.width,
          scaleY: (placement.scaleY * image.height) / full.height,
        },
        width: full.width,
        height: full.height,
      };
    },
    async prompt(encoding, prompt) {
      const answers = await answer(encoding, prompt);
      return answers.map((one) => ({ ...one, mask: logitsToMask(one.logits, encoding) }));
    },
    async promptRuns(encoding, prompt) {
      const answers = await answer(encoding, prompt);
      return answers.map((one) => ({ ...one, runs: logitsToRuns(one.logits, encoding) }));
    },
  };
}

/** Points in model pixels with SAM's labels: 1 and 0 for clicks, 2 and 3 for a box's corners, −1 for none. */
function promptPoints({ points = [], box, previous }: SegmentPrompt, place: Placement) {
  const coordinates: number[] = [];
  const labels: number[] = [];
  const add = (x: number, y: number, label: number) => {
    coordinates.push(x * place.scaleX + place.offsetX, y * place.scaleY + place.offsetY);
    labels.push(label);
  };
  for (const point of points) add(point.x, point.y, point.positive ? 1 : 0);
  if (box) {
    add(box.x, box.y, 2);
    add(box.x + box.width, box.y + box.height, 3);
  } else if (points.length > 0 || previous) {
    coordinates.push(0, 0);
    labels.push(-1);
  }
  if (labels.length === 0) {
    throw new UserError(
      "bad-input",
      "A segmentation prompt needs a point, a box or an earlier mask.",
      "prompt",
    );
  }
  return { coordinates, labels };
}
