import type { Context } from "../context";
import type { Transaction } from "../database/client";
import { notify } from "../events/notify";
import { lockSample } from "./lock-sample";

/** Gives a sample the mask that a person finished for it. Scores made for the earlier one become stale. */
export async function setSampleMask(
  tx: Transaction,
  { caller }: Context,
  sampleId: string,
  maskId: string,
): Promise<void> {
  const { sample } = await lockSample(tx, caller.projectId, sampleId);
  if (sample.maskId === maskId) return;
  await tx.sample.update({
    where: { id: sampleId },
    data: { maskId, maskRevision: { increment: 1 }, version: { increment: 1 } },
  });
  await notify(tx, { topic: "samples", id: sampleId });
}
