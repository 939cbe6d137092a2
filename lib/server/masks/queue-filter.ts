import { Prisma } from "../database/client";

/** Which regions a queue, a list or an export is about. Those that somebody only opened are in none. */
export interface QueueFilter {
  kind?: "edit" | "seed" | "sample" | "anchor" | undefined;
  runId?: string | undefined;
  editType?: string | undefined;
}

export function whereRegion({ kind, runId, editType }: QueueFilter): Prisma.RegionWhereInput {
  return {
    queued: true,
    anchor: { withdrawnAt: null },
    ...(kind && { kind }),
    ...(runId && { runId }),
    ...(editType && { editType }),
  };
}

/** The same as SQL on `regions r`, without the anchor. */
export function sqlRegion({ kind, runId, editType }: QueueFilter): Prisma.Sql {
  const parts = [
    Prisma.sql`r.queued`,
    ...(kind ? [Prisma.sql`r.kind = ${kind}::region_kind`] : []),
    ...(runId ? [Prisma.sql`r.run_id = ${runId}::uuid`] : []),
    ...(editType ? [Prisma.sql`r.edit_type = ${editType}`] : []),
  ];
  return Prisma.join(parts, " AND ");
}
