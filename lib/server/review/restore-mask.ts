import type { DeskSample } from "@/lib/api/contract/review";
import { UserError } from "@/lib/domain/errors";
import { type Context, requireAbility } from "../context";
import { inTransaction } from "../database/client";
import { notify } from "../events/notify";
import { lockSample } from "./lock-sample";
import { openSample } from "./open-sample";

/** Brings an earlier mask of a sample back: one that was drawn for it, or with null the pipeline's own. */
export async function restoreMask(
  context: Context,
  { id, maskRevision, maskId }: { id: string; maskRevision: number; maskId: string | null },
): Promise<DeskSample> {
  requireAbility(context, "review");
  const { projectId, memberId } = context.caller;
  await inTransaction(context.studio.db, async (tx) => {
    const { sample } = await lockSample(tx, projectId, id);
    if (sample.maskRevision !== maskRevision) {
      throw new UserError(
        "conflict",
        "Somebody changed the mask meanwhile; look at the log again before you restore.",
        "maskRevision",
      );
    }
    const drawn = maskId && (await tx.mask.findFirst({ where: { id: maskId, region: { sampleId: id } } }));
    if (maskId && !drawn)
      throw new UserError("not-found", "No such mask was drawn for this sample.", "maskId");
    await tx.sample.update({
      where: { id },
      data: { maskId, maskRevision: { increment: 1 }, version: { increment: 1 } },
    });
    const note = drawn ? `Restored drawing ${drawn.revision}.` : "Restored the pipeline's own mask.";
    await tx.sampleEvent.create({ data: { sampleId: id, actorId: memberId, kind: "mask", data: { note } } });
    await notify(tx, { topic: "samples", id });
  });
  return openSample(context, { id });
}
