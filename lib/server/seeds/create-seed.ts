import { UserError } from "@/lib/domain/errors";
import { getAnchor } from "../anchors/get-anchor";
import { type Context, requireAbility } from "../context";
import { addToCounters } from "../counters";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { attachRegion, storeRegion } from "./attach-region";
import { checkSeed, type SeedText } from "./check-seed";
import { presentSeed, seedInclude } from "./present-seed";

export interface NewSeed extends SeedText {
  anchorId: string | null;
  /** A drawn mask of the anchor's size, as PNG. */
  region?: Blob | undefined;
}

/** Writes a seed, with its region where one was drawn: both or neither. */
export async function createSeed(context: Context, { anchorId, region, ...input }: NewSeed) {
  requireAbility(context, "annotate");
  const text = checkSeed(input);
  const anchor = anchorId ? await getAnchor(context, anchorId) : null;
  if (region && !anchor) {
    throw new UserError("bad-input", "A region needs an image: this seed has no anchor.", "region");
  }
  const mask = region && anchor && (await storeRegion(context, region, anchor.image));
  const { projectId, memberId } = context.caller;
  return inTransaction(context.studio.db, async (tx) => {
    const { id } = await tx.seed.create({ data: { projectId, authorId: memberId, anchorId, ...text } });
    if (mask && anchor) {
      const { sha256: imageSha } = anchor.image;
      await attachRegion(tx, context, { id, anchorId: anchor.id, imageSha, editType: text.editType }, mask);
    }
    await addToCounters(tx, projectId, { seeds: 1 });
    await notify(tx, { topic: "seeds", id });
    return presentSeed(await tx.seed.findUniqueOrThrow({ where: { id }, include: seedInclude }));
  });
}
