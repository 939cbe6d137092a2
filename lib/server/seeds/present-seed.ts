import type { SeedView } from "@/lib/api/contract/seeds";
import type { EditType } from "@/lib/domain/edit-types";
import { presentImage } from "../anchors/present-anchor";
import type { Prisma } from "../database/client";

export const seedInclude = {
  anchor: { include: { image: true } },
  author: true,
  regions: { take: 1, orderBy: { id: "asc" }, include: { mask: { include: { png: true } } } },
} satisfies Prisma.SeedInclude;
type SeedRow = Prisma.SeedGetPayload<{ include: typeof seedInclude }>;

export function presentSeed(row: SeedRow): SeedView {
  const anchor = row.anchor?.withdrawnAt ? null : row.anchor;
  const region = anchor ? (row.regions[0] ?? null) : null;
  const { id, starter, sourceCaption, instruction, targetCaption, version, createdAt } = row;
  return {
    id,
    // The texts of a seed outlive its anchor.
    anchor: anchor && { id: anchor.id, image: presentImage(anchor.image), caption: anchor.caption },
    region: region && { id: region.id, mask: region.mask && presentImage(region.mask.png) },
    author: row.author?.name ?? null,
    starter,
    sourceCaption,
    instruction,
    targetCaption,
    // Only valid types are ever written.
    editType: row.editType as EditType,
    version,
    createdAt,
  };
}
