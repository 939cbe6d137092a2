import type { EditType } from "@/lib/domain/edit-types";
import type { SeedExample } from "@/lib/domain/instruction-records";
import type { Studio } from "../context";

/** Every seed of a project in use, oldest first: what Stage I learns from and `seeds export` writes. */
export async function loadSeeds({ db }: Pick<Studio, "db">, projectId: string): Promise<SeedExample[]> {
  const rows = await db.seed.findMany({
    where: { projectId, archivedAt: null },
    orderBy: { id: "asc" },
    select: { sourceCaption: true, instruction: true, targetCaption: true, editType: true },
  });
  return rows.map((row) => ({ ...row, editType: row.editType as EditType }));
}
