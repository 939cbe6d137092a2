import sharp from "sharp";
import { anyRecipeSchema } from "@/lib/domain/endpoint-recipe";
import { UserError } from "@/lib/domain/errors";
import { meanSquaredError, psnrOf } from "@/lib/domain/image-difference";
import type { InferenceEngine } from "@/lib/inference/types";
import { anchorAtSize } from "@/lib/stages/anchor-image";
import { toRequest } from "@/lib/stages/draw-batch";
import { type Context, requireAbility } from "../context";
import { readStoredMask } from "../masks/read-stored-mask";

export interface Reproduction {
  /** Peak signal-to-noise ratio in dB of the new against the stored image; Infinity where every pixel is equal. */
  source: number;
  target: number;
  /** What differs between the recipe's circumstances and today's, one sentence each. */
  differences: string[];
}

/** Draws a candidate again from its recipe and compares it with the stored one, pixel by pixel. */
export async function reproduceCandidate(
  context: Context,
  candidateId: string,
  engineFor: (pack: string) => Promise<InferenceEngine>,
): Promise<Reproduction> {
  requireAbility(context, "read");
  const { db, store } = context.studio;
  const candidate = await db.candidate.findFirst({
    where: { id: candidateId, run: { projectId: context.caller.projectId } },
    include: { render: true },
  });
  if (!candidate) throw new UserError("not-found", `There is no candidate ${candidateId}.`, "candidate");
  const recipe = anyRecipeSchema.parse(candidate.recipe);
  if (recipe.kind === "endpoint") {
    throw new UserError(
      "unavailable",
      `The images endpoint at ${recipe.endpoint.address} (model “${recipe.endpoint.model}”) drew this candidate. An endpoint promises no same picture twice, so it cannot be drawn again byte for byte; its request was ${recipe.answer.requestId ?? "not named by the server"}.`,
      candidateId,
    );
  }
  const engine = await engineFor(recipe.pack.name);
  const anchor = recipe.anchor ? await anchorAtSize(await store.read(recipe.anchor), recipe.size) : null;
  const mask = recipe.kind === "region" ? await readStoredMask({ store }, recipe.region.mask) : undefined;
  const [outcome] = await engine.generatePairs([toRequest(recipe, anchor?.image, mask)]);
  if (!outcome?.ok)
    throw new UserError("unavailable", `It cannot be drawn again: ${outcome?.reason ?? "no answer"}`);
  const { pair } = outcome;
  const stored = async (sha256: string) =>
    sharp(await store.read(sha256))
      .raw()
      .toBuffer();
  return {
    source: psnrOf(meanSquaredError(pair.source.data, await stored(candidate.render.imageSha))),
    target: psnrOf(meanSquaredError(pair.target.data, await stored(candidate.imageSha))),
    differences: [
      pair.recipe.pack.hash !== recipe.pack.hash && "The model pack has changed since.",
      pair.recipe.provider !== recipe.provider &&
        `It was drawn on ${recipe.provider}, now on ${pair.recipe.provider}.`,
      pair.recipe.runtime !== recipe.runtime &&
        `It was drawn by ${recipe.runtime}, now by ${pair.recipe.runtime}.`,
    ].filter((sentence) => sentence !== false),
  };
}
