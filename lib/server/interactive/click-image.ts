import { type Context, requireAbility } from "../context";
import { askWorker } from "./ask-worker";
import { choosePack } from "./choose-pack";
import type { QuestionArgs } from "./door-protocol";

interface OnImage {
  imageSha: string;
  pack?: string | undefined;
}

/** Prepares an image for clicks. */
export async function encodeImage(context: Context, { imageSha, pack }: OnImage) {
  requireAbility(context, "read");
  const chosen = await choosePack(context, "segmenter", { pack, imageSha });
  return askWorker(context.studio, "encode", { pack: chosen, imageSha }, imageSha);
}

/** Masks for clicks on an image, the model's favourite first. */
export async function clickImage(
  context: Context,
  { pack, ...args }: OnImage & Omit<QuestionArgs<"click">, "pack">,
) {
  requireAbility(context, "read");
  const chosen = await choosePack(context, "segmenter", { pack, imageSha: args.imageSha });
  return askWorker(context.studio, "click", { ...args, pack: chosen }, args.imageSha);
}

/** What a text names in an image. */
export async function detectInImage(
  context: Context,
  { pack, ...args }: OnImage & Omit<QuestionArgs<"detect">, "pack">,
) {
  requireAbility(context, "read");
  const chosen = await choosePack(context, "detector", { pack, imageSha: args.imageSha });
  return askWorker(context.studio, "detect", { ...args, pack: chosen }, args.imageSha);
}
