import type { SaveOutcome } from "@/lib/api/contract/masks";
import { UserError } from "@/lib/domain/errors";
import type { Context } from "../context";
import { inTransaction, type Prisma } from "../database/client";
import { notify } from "../events/notify";
import { setSampleMask } from "../review/set-sample-mask";
import { regionRow } from "./get-region";
import { presentRegion } from "./present-region";
import { requireDrawing } from "./require-drawing";

interface Versioned {
  id: string;
  version: number;
}

const released = { claimedById: null, claimSession: null, leaseUntil: null } as const;

/** Says that the current mask is right. */
export async function finishRegion(
  context: Context,
  { id, version, elapsedMs }: Versioned & { elapsedMs?: number | undefined },
): Promise<SaveOutcome> {
  const region = await regionRow(context.studio.db, context, id);
  if (!region.mask || region.mask.area === 0) {
    throw new UserError(
      "bad-input",
      "The mask is empty: nothing could change. Draw the region first, or skip the image.",
      "mask",
    );
  }
  return settle(
    context,
    { id, version },
    {
      state: "done",
      skipReason: null,
      finishedById: context.caller.memberId,
      finishedAt: new Date(),
      // A page left open for a month is no measurement, and does not fit the column.
      elapsedMs: elapsedMs === undefined ? null : Math.min(elapsedMs, 2 ** 31 - 1),
      ...released,
    },
  );
}

/** Leaves a region out, with the reason. */
export function skipRegion(
  context: Context,
  { reason, ...region }: Versioned & { reason: string },
): Promise<SaveOutcome> {
  return settle(context, region, {
    state: "skipped",
    skipReason: reason,
    finishedById: context.caller.memberId,
    finishedAt: new Date(),
    elapsedMs: null,
    ...released,
  });
}

/** Puts a region back into the queue. */
export function reopenRegion(context: Context, region: Versioned): Promise<SaveOutcome> {
  return settle(context, region, {
    state: "open",
    skipReason: null,
    finishedById: null,
    finishedAt: null,
    elapsedMs: null,
  });
}

async function settle(
  context: Context,
  { id, version }: Versioned,
  data: Prisma.RegionUncheckedUpdateManyInput,
): Promise<SaveOutcome> {
  await requireDrawing(context, [id]);
  const viewer = { memberId: context.caller.memberId };
  return inTransaction(context.studio.db, async (tx) => {
    const { count } = await tx.region.updateMany({
      where: { id, projectId: context.caller.projectId, version },
      data: { ...data, version: { increment: 1 }, queued: true },
    });
    const region = presentRegion(await regionRow(tx, context, id), viewer);
    if (count === 0) return { saved: false as const, conflict: region };
    if (region.sampleId && region.mask && region.state === "done") {
      await setSampleMask(tx, context, region.sampleId, region.mask.id);
    }
    await notify(tx, { topic: "masks", id });
    return { saved: true as const, region };
  });
}
