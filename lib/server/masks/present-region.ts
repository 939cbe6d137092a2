import type { MaskView, RegionView } from "@/lib/api/contract/masks";
import { crop } from "@/lib/api/contract/masks";
import type { EditType } from "@/lib/domain/edit-types";
import { presentImage } from "../anchors/present-anchor";
import type { Prisma } from "../database/client";

export const maskInclude = { png: true, author: { select: { name: true } } } satisfies Prisma.MaskInclude;
type MaskRow = Prisma.MaskGetPayload<{ include: typeof maskInclude }>;

export const regionInclude = {
  image: true,
  anchor: { select: { fileName: true, caption: true } },
  edit: true,
  seed: true,
  sample: { include: { candidate: { select: { image: true } } } },
  mask: { include: maskInclude },
  claimedBy: { select: { id: true, name: true } },
} satisfies Prisma.RegionInclude;
export type RegionRow = Prisma.RegionGetPayload<{ include: typeof regionInclude }>;

/** Who looks: a page names itself by its session, anything else is known by its member alone. */
export interface Viewer {
  memberId: string;
  session?: string | undefined;
}

export function presentMask(row: MaskRow): MaskView {
  const { id, kind, revision, note, createdAt } = row;
  return {
    id,
    kind,
    revision,
    png: presentImage(row.png),
    crop: row.crop === null ? null : crop.parse(row.crop),
    author: row.author?.name ?? null,
    note,
    createdAt,
  };
}

export function presentRegion(row: RegionRow, viewer: Viewer, now = new Date()): RegionView {
  const text = row.sample ?? row.edit ?? row.seed;
  const { id, kind, anchorId, editId, seedId, sampleId, state, skipReason, version, updatedAt } = row;
  return {
    id,
    kind,
    image: presentImage(row.image),
    after: row.sample ? presentImage(row.sample.candidate.image) : null,
    anchorId,
    editId,
    seedId,
    sampleId,
    fileName: row.anchor?.fileName ?? null,
    sourceCaption: text?.sourceCaption ?? row.anchor?.caption ?? "",
    instruction: text?.instruction ?? null,
    targetCaption: text?.targetCaption ?? null,
    editType: (row.editType as EditType | null) ?? null,
    state,
    skipReason,
    version,
    mask: row.mask && presentMask(row.mask),
    holder: holderOf(row, viewer, now),
    updatedAt,
  };
}

function holderOf({ claimedBy, claimSession, leaseUntil }: RegionRow, viewer: Viewer, now: Date) {
  if (!claimedBy || !leaseUntil || leaseUntil <= now) return null;
  const you = claimedBy.id === viewer.memberId;
  const mine = viewer.session ? claimSession === viewer.session : you;
  return { name: claimedBy.name, mine, you, until: leaseUntil };
}
