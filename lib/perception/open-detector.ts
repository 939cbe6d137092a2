import { UserError } from "@/lib/domain/errors";
import type { PixelBox, RgbImage } from "@/lib/domain/image";
import { loadTokenizer } from "@/lib/packs/load-tokenizer";
import { outputOf } from "@/lib/packs/model";
import type { Pack } from "@/lib/packs/open-pack";
import { type Placement, preprocessImage } from "./preprocess-image";
import { suppressOverlaps } from "./suppress-overlaps";
import type { Detection, DetectOptions } from "./types";

export interface Detector {
  /** Boxes of objects that answer one of the text queries, best first. */
  detect(image: RgbImage, queries: readonly string[], options?: DetectOptions): Promise<Detection[]>;
}

/** The open-vocabulary detector of a pack (signature and reading of OWLv2, Minderer et al. 2023). */
export async function openDetector(pack: Pack): Promise<Detector> {
  const detector = pack.role("detector");
  if (detector.kind !== "owlv2") {
    throw new UserError(
      "unavailable",
      `The detector kind "${detector.kind}" is not supported yet.`,
      "detector.kind",
    );
  }
  const tokenizer = await loadTokenizer(pack, detector.tokenizer);

  return {
    async detect(image, queries, options = {}) {
      const texts = queries.map((query) => query.trim());
      if (texts.length === 0) return [];
      if (texts.includes("")) throw new UserError("bad-input", "A detection query is empty.", "queries");
      const model = await pack.model(detector.file);
      const { tensor, placement } = preprocessImage(image, detector.preprocessing);
      const encoded = texts.map((text) => tokenizer.encode(text));
      const dims = [texts.length, tokenizer.maxLength];
      const results = await model.run({
        pixel_values: tensor,
        input_ids: {
          data: BigInt64Array.from(
            encoded.flatMap(({ ids }) => ids),
            BigInt,
          ),
          dims,
        },
        attention_mask: {
          data: BigInt64Array.from(
            encoded.flatMap(({ ids, length }) => ids.map((_, t) => (t < length ? 1n : 0n))),
          ),
          dims,
        },
      });
      const logits = outputOf(model, results, "logits").data;
      const boxes = outputOf(model, results, "pred_boxes").data;
      const found: Detection[] = [];
      for (let n = 0; n < boxes.length / 4; n++) {
        // A place answers the query it fits best.
        const own = logits.subarray(n * texts.length, (n + 1) * texts.length);
        const best = own.reduce((top, value, q) => (value > own[top]! ? q : top), 0);
        const score = 1 / (1 + Math.exp(-own[best]!));
        if (score < (options.threshold ?? detector.boxThreshold)) continue;
        const box = imageBox(boxes.subarray(4 * n, 4 * n + 4), placement, image);
        if (box) found.push({ query: queries[best]!, score, box });
      }
      return suppressOverlaps(found, options.nmsIou ?? 0.5);
    },
  };
}

/** (cx, cy, w, h) in [0,1] of the model's input → pixels of the image, cut to it; undefined if nothing is left. */
function imageBox(box: Float32Array, placement: Placement, image: RgbImage): PixelBox | undefined {
  const [cx, cy, w, h] = [box[0]!, box[1]!, box[2]!, box[3]!];
  const toX = (u: number) => clamp((u * placement.width - placement.offsetX) / placement.scaleX, image.width);
  const toY = (v: number) =>
    clamp((v * placement.height - placement.offsetY) / placement.scaleY, image.height);
  const [left, right, top, bottom] = [toX(cx - w / 2), toX(cx + w / 2), toY(cy - h / 2), toY(cy + h / 2)];
  if (!(right > left && bottom > top)) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
