import { imageUrl } from "@/components/ui/picture";
import type { MaskImage } from "@/lib/domain/image";
import type { MaskOperation } from "@/lib/domain/masks/mask-operation";
import { askMaskFiles } from "../files/mask-files";
import type { MaskCodec } from "../sync/mask-sync";
import { createMaskWorker, type MaskWorker } from "../worker/create-mask-worker";

/** PNG of masks, in a worker. */
export const maskCodec: MaskCodec = {
  encode: (mask) => askMaskFiles({ kind: "encode", mask }, [mask.data.buffer as ArrayBuffer]),
  decode: (png) => askMaskFiles({ kind: "decode", png }),
};

let worker: MaskWorker | null = null;
/** The image whose colours the worker has. */
let pictured = "";

export interface OperateOptions {
  /** The image under the mask: snapping looks at its edges. */
  imageSha: string;
  signal: AbortSignal;
  /** A coarse result, where the result takes a while. */
  onPreview: (mask: MaskImage) => void;
}

/** An operation on a mask, in a worker. The mask is handed over. */
export async function operate(
  mask: MaskImage,
  operation: MaskOperation,
  { imageSha, signal, onPreview }: OperateOptions,
): Promise<MaskImage> {
  worker ??= createMaskWorker();
  if (operation.kind === "snap" && pictured !== imageSha) {
    const response = await fetch(imageUrl(imageSha), { signal });
    if (!response.ok) throw new Error("The image could not be fetched to find its edges.");
    worker.setPicture(await response.blob());
    pictured = imageSha;
  }
  return worker.run(mask, operation, { signal, onPreview, take: true });
}

/** Two masks joined, without showing it first. */
export function combine(
  mask: MaskImage,
  other: MaskImage,
  mode: "union" | "intersect" | "subtract",
): Promise<MaskImage> {
  worker ??= createMaskWorker();
  return worker.run(mask, { kind: "combine", mode }, { other });
}
