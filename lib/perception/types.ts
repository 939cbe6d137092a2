import type { MaskImage, PixelBox, PixelPoint, RgbImage } from "@/lib/domain/image";
import type { CropRuns } from "@/lib/domain/masks/crop-runs";
import type { Scores } from "@/lib/domain/scores";

/** A pair to be scored. With a `mask` (same size as the images) the region scores are computed too. */
export interface ScoreRequest {
  readonly source: RgbImage;
  readonly target: RgbImage;
  readonly sourceCaption: string;
  readonly targetCaption: string;
  readonly mask?: MaskImage;
}

/** The target image of a pair as an encoder of its pack sees it: a unit vector, and the encoder's name. */
export interface TargetEmbedding {
  readonly encoder: string;
  readonly vector: Float32Array;
}

export interface ScoreResult {
  readonly scores: Scores;
  /** Of the encoder by which the pack tells look-alikes; absent where it has none. */
  readonly embedding?: TargetEmbedding;
  /** Why a score is absent, by its name. */
  readonly missing: Readonly<Record<string, string>>;
}

/** Something the tagger sees, most likely first; `probability` in [0,1]. */
export interface ImageTag {
  readonly tag: string;
  readonly probability: number;
}

/** A found object: box in pixels of the image given, `score` in [0,1], `query` the text it answers. */
export interface Detection {
  readonly query: string;
  readonly score: number;
  readonly box: PixelBox;
}

export interface DetectOptions {
  /** Lowest score; the pack's own by default. */
  readonly threshold?: number;
  /** Overlap (intersection over union) above which the weaker box of a query is dropped; 0.5 by default. */
  readonly nmsIou?: number;
}

/** What to segment, in pixels of the encoded image. At least one of the parts must be there. */
export interface SegmentPrompt {
  readonly points?: readonly PixelPoint[];
  readonly box?: PixelBox;
  /** Low-resolution logits of an earlier answer to the same image, to refine it. */
  readonly previous?: SegmentLogits;
}

/** The decoder's own low-resolution mask, `side`×`side` logits. */
export interface SegmentLogits {
  readonly side: number;
  readonly data: Float32Array;
}

/** One proposed mask as runs; otherwise as `SegmentMask`. */
export interface SegmentRuns {
  readonly runs: CropRuns;
  readonly quality: number;
  readonly logits: SegmentLogits;
}

/** One proposed mask, at the size of the encoded image; `quality` is the model's own estimate of its IoU. */
export interface SegmentMask {
  readonly mask: MaskImage;
  readonly quality: number;
  readonly logits: SegmentLogits;
}
