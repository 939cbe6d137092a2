import type { EditType } from "@/lib/domain/edit-types";
import type { SeedExample } from "@/lib/domain/instruction-records";
import type { Context } from "../context";

/** Every seed in use, oldest first: what Stage I learns from and `seeds export` writes. */
export async function loadSeeds({ studio, caller }: Context): Promise<SeedExample[]> {
  const rows = await studio.db.seed.findMany({
    where: { projectId: caller.projectId, archivedAt: null },
    orderBy: { id: "asc" },
    select: { sourceCaption: true, instruction: true, targetCaption: true, editType: true },
  });
  return rows.map((row) => ({ ...row, editType: row.editType as EditType }));
}
