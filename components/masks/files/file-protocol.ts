import type { MaskImage } from "@/lib/domain/image";
import type { MaskFacts } from "@/lib/domain/masks/mask-facts";

/** A way in which a mask leaves the desk or comes in. */
export type MaskFileFormat = "png" | "coco" | "coco-compressed" | "polygon";

export interface WrittenMask {
  /** PNG bytes or JSON. */
  body: Uint8Array<ArrayBuffer> | string;
}

/** What a format makes of a mask: said before it is written. */
export interface FormatLoss {
  /** Pixels whose level the format cannot carry. */
  softPixels: number;
  /** Overlap of what comes back with the mask cut at one half, in [0,1]. */
  iou: number;
  bytes: number;
}

export type FileRequest =
  | { kind: "encode"; mask: MaskImage }
  | { kind: "decode"; png: Uint8Array }
  | { kind: "facts"; mask: MaskImage }
  | { kind: "write"; mask: MaskImage; format: MaskFileFormat }
  | { kind: "loss"; mask: MaskImage; format: MaskFileFormat }
  /** A file of a person: PNG and the like, or COCO JSON. */
  | { kind: "read"; file: Blob; name: string; width: number; height: number; soft: boolean };

export interface FileAnswers {
  encode: Uint8Array<ArrayBuffer>;
  decode: MaskImage;
  facts: MaskFacts;
  write: WrittenMask;
  loss: FormatLoss;
  read: MaskImage;
}
