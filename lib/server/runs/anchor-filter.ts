import type { RunConfig } from "@/lib/domain/run-config";
import { Prisma } from "../database/client";

/** The captioned, not withdrawn anchors that a run configuration asks for. */
export function anchorFilter(projectId: string, { anchors }: RunConfig): Prisma.AnchorWhereInput {
  return {
    projectId,
    withdrawnAt: null,
    caption: { not: "" },
    ...(anchors.origin && { origin: anchors.origin }),
    ...(turnOf(anchors) && { turn: turnOf(anchors) }),
    ...(anchors.importId && { importId: anchors.importId }),
  };
}

/** The same as SQL: a run may be about millions of anchors, which need not pass through this process. */
export function anchorCondition(projectId: string, { anchors }: RunConfig): Prisma.Sql {
  const conditions = [
    Prisma.sql`project_id = ${projectId}::uuid AND withdrawn_at IS NULL AND caption <> ''`,
    ...(anchors.origin ? [Prisma.sql`origin = ${anchors.origin}::origin`] : []),
    ...(turnOf(anchors) ? [Prisma.sql`turn = ${turnOf(anchors)}`] : []),
    ...(anchors.importId ? [Prisma.sql`import_id = ${anchors.importId}::uuid`] : []),
  ];
  return Prisma.join(conditions, " AND ");
}

/** A picture that a run made is an anchor only of runs that ask for such. */
function turnOf({ turn, origin }: RunConfig["anchors"]): number | undefined {
  return turn ?? (origin === undefined ? 1 : undefined);
}
