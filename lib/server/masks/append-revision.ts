import type { SaveOutcome } from "@/lib/api/contract/masks";
import type { Context } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { notify } from "../events/notify";
import { regionRow } from "./get-region";
import { presentRegion } from "./present-region";
import type { MaskPng } from "./read-mask-png";

export interface NewRevision {
  id: string;
  /** The region's version that the revision is based on; absent to append to whatever is current. */
  version?: number;
  png: { sha256: string; area: number | null; soft: boolean | null };
  saveId?: string | undefined;
  note?: string | undefined;
}

/**
 * Appends a revision and makes it current, if the region is still at `version`. What was there stays as it is. The
 * same save again, or the same pixels, changes nothing and succeeds.
 */
export function appendRevision(context: Context, input: NewRevision): Promise<SaveOutcome> {
  const viewer = { memberId: context.caller.memberId };
  return inTransaction(context.studio.db, async (tx) => {
    // Two saves of one region go one after the other.
    await tx.$queryRaw`SELECT 1 FROM regions WHERE id = ${input.id}::uuid FOR UPDATE`;
    const before = await regionRow(tx, context, input.id);
    if (input.saveId && (await isSaved(tx, input.id, input.saveId))) {
      return { saved: true as const, region: presentRegion(before, viewer) };
    }
    if (before.mask?.pngSha === input.png.sha256 && input.version === before.version) {
      return { saved: true as const, region: presentRegion(before, viewer) };
    }
    if (input.version !== undefined && input.version !== before.version) {
      return { saved: false as const, conflict: presentRegion(before, viewer) };
    }
    const mask = await addRevision(tx, context, before.imageSha, input);
    await tx.region.update({
      where: { id: input.id },
      data: { maskId: mask.id, version: { increment: 1 }, queued: true },
    });
    await notify(tx, { topic: "masks", id: input.id });
    return { saved: true as const, region: presentRegion(await regionRow(tx, context, input.id), viewer) };
  });
}

/** Appends a revision that does not become the current one, unless the history has these pixels already. */
export function setAside(
  context: Context,
  input: Omit<NewRevision, "version" | "note">,
): Promise<SaveOutcome> {
  return inTransaction(context.studio.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM regions WHERE id = ${input.id}::uuid FOR UPDATE`;
    const row = await regionRow(tx, context, input.id);
    const known = await tx.mask.count({ where: { regionId: input.id, pngSha: input.png.sha256 } });
    if (known === 0) {
      await addRevision(tx, context, row.imageSha, { ...input, note: "set aside" });
      await tx.region.update({ where: { id: input.id }, data: { queued: true } });
      await notify(tx, { topic: "masks", id: input.id });
    }
    return { saved: true as const, region: presentRegion(row, { memberId: context.caller.memberId }) };
  });
}

async function addRevision(
  tx: Transaction,
  { caller }: Context,
  imageSha: string,
  { id, png, saveId, note }: NewRevision,
) {
  const last = await tx.mask.aggregate({ where: { regionId: id }, _max: { revision: true } });
  return tx.mask.create({
    data: {
      imageSha,
      pngSha: png.sha256,
      kind: "human",
      regionId: id,
      revision: (last._max.revision ?? 0) + 1,
      authorId: caller.memberId,
      saveId: saveId ?? null,
      area: png.area,
      soft: png.soft,
      note: note ?? null,
    },
  });
}

/** Puts a checked mask into the image store and names it. */
export async function storeMaskPng({ studio }: Context, { bytes, width, height, area, soft }: MaskPng) {
  const stored = await studio.store.put(bytes);
  await studio.db.image.createMany({
    data: [{ sha256: stored.sha256, mime: "image/png", width, height, bytes: stored.bytes }],
    skipDuplicates: true,
  });
  return { sha256: stored.sha256, area, soft };
}

async function isSaved(tx: Transaction, regionId: string, saveId: string): Promise<boolean> {
  return (await tx.mask.count({ where: { regionId, saveId } })) > 0;
}
