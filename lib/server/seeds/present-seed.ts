import type { SeedView } from "@/lib/api/contract/seeds";
import type { EditType } from "@/lib/domain/edit-types";
import { presentImage } from "../anchors/present-anchor";
import type { Prisma } from "../database/client";

export const seedInclude = {
  anchor: { include: { image: true } },
  author: true,
} satisfies Prisma.SeedInclude;
type SeedRow = Prisma.SeedGetPayload<{ include: typeof seedInclude }>;

export function presentSeed(row: SeedRow): SeedView {
  const { id, starter, sourceCaption, instruction, targetCaption, version, createdAt } = row;
  return {
    id,
    anchor: row.anchor && {
      id: row.anchor.id,
      image: presentImage(row.anchor.image),
      caption: row.anchor.caption,
    },
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
