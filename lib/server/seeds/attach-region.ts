import type { Context } from "../context";
import type { Transaction } from "../database/client";
import { notify } from "../events/notify";
import { DEFAULT_IMAGE_LIMITS } from "../images/image-limits";
import { storeMaskPng } from "../masks/append-revision";
import { readBody } from "../masks/read-body";
import { readMaskPng } from "../masks/read-mask-png";

type StoredMask = Awaited<ReturnType<typeof storeMaskPng>>;

/** Checks a drawn region against the image that it is for, and stores its pixels. A wrong file changes nothing. */
export async function storeRegion(
  context: Context,
  file: Blob,
  { width, height }: { width: number; height: number },
): Promise<StoredMask> {
  const name = "The region";
  const bytes = await readBody(file.stream(), DEFAULT_IMAGE_LIMITS.maxBytes, name);
  return storeMaskPng(context, await readMaskPng(bytes, { name, width, height, soft: true }, "desk"));
}

/** Gives a new seed its region, finished, with the stored mask as its first revision. */
export async function attachRegion(
  tx: Transaction,
  { caller: { projectId, memberId } }: Context,
  seed: { id: string; anchorId: string; imageSha: string; editType: string },
  { sha256, area, soft }: StoredMask,
): Promise<void> {
  const { id: seedId, anchorId, imageSha, editType } = seed;
  const region = await tx.region.create({
    data: {
      ...{ projectId, kind: "seed", subjectId: seedId, seedId, anchorId, imageSha, editType },
      ...{ state: "done", finishedById: memberId, finishedAt: new Date() },
    },
  });
  const mask = await tx.mask.create({
    data: {
      ...{ imageSha, pngSha: sha256, kind: "human", regionId: region.id, revision: 1, authorId: memberId },
      ...{ area, soft },
    },
  });
  await tx.region.update({ where: { id: region.id }, data: { maskId: mask.id, version: { increment: 1 } } });
  await notify(tx, { topic: "masks", id: region.id });
}
