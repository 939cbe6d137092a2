import type { EditType } from "@/lib/domain/edit-types";
import type { Prisma } from "../database/client";

export interface SeedFilterInput {
  editType?: EditType | undefined;
  search?: string | undefined;
}

/** The seeds in use that a list shows. */
export function seedFilter(projectId: string, { editType, search }: SeedFilterInput): Prisma.SeedWhereInput {
  const contains = search && { contains: search, mode: "insensitive" as const };
  return {
    projectId,
    archivedAt: null,
    ...(editType && { editType }),
    ...(contains && {
      OR: [{ instruction: contains }, { sourceCaption: contains }, { targetCaption: contains }],
    }),
  };
}
