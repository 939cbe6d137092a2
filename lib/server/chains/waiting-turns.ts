import type { WaitingTurnView } from "@/lib/api/contract/chains";
import { presentImage } from "../anchors/present-anchor";
import { type Context, requireAbility } from "../context";

/** Starts that are shown, and pictures of each. */
const [mostStarts, mostImages] = [20, 8];

/** Next turns that were started and that no run is about yet, by what was started together. */
export async function waitingTurns(context: Context): Promise<WaitingTurnView[]> {
  requireAbility(context, "read");
  const { db } = context.studio;
  const starts = await db.$queryRaw<
    { import_id: string | null; started_at: Date; anchors: number; shown: string[] }[]
  >`
    SELECT a.import_id::text, min(a.created_at) AS started_at, count(*)::int AS anchors,
      (array_agg(a.image_sha ORDER BY a.id))[1:${mostImages}::int] AS shown
    FROM anchors a
    WHERE a.project_id = ${context.caller.projectId}::uuid AND a.origin = 'sample' AND a.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM run_anchors t WHERE t.anchor_id = a.id)
    GROUP BY a.import_id ORDER BY started_at DESC LIMIT ${mostStarts}`;
  const rows = await db.image.findMany({ where: { sha256: { in: starts.flatMap(({ shown }) => shown) } } });
  const images = new Map(rows.map((row) => [row.sha256, presentImage(row)]));
  return starts.map(({ import_id, started_at, anchors, shown }) => ({
    importId: import_id,
    startedAt: started_at,
    anchors,
    images: shown.flatMap((sha) => images.get(sha) ?? []),
  }));
}
