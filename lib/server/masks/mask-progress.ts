import type { MaskProgress } from "@/lib/api/contract/masks";
import { type Context, requireAbility } from "../context";
import { type QueueFilter, sqlRegion, whereRegion } from "./queue-filter";

const hourMs = 3_600_000;

/** How far the queue is, and how fast the caller is. */
export async function maskProgress(context: Context, filter: QueueFilter): Promise<MaskProgress> {
  requireAbility(context, "read");
  const { db } = context.studio;
  const { projectId, memberId } = context.caller;
  const now = new Date();
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const mine = (since: Date) => ({
    where: {
      ...whereRegion(filter),
      finishedById: memberId,
      state: "done" as const,
      finishedAt: { gte: since },
    },
  });
  const [states, doneToday, lastHour, pace] = await Promise.all([
    db.$queryRaw<{ state: "open" | "done" | "skipped"; count: number }[]>`
      SELECT r.state::text AS state, count(*)::int AS count FROM regions r
      WHERE r.project_id = ${projectId}::uuid AND ${sqlRegion(filter)} GROUP BY r.state`,
    db.region.count(mine(midnight)),
    db.region.count(mine(new Date(now.getTime() - hourMs))),
    db.$queryRaw<{ median: number | null }[]>`
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY elapsed_ms) AS median FROM (
        SELECT elapsed_ms FROM regions
        WHERE finished_by_id = ${memberId}::uuid AND finished_at IS NOT NULL AND elapsed_ms IS NOT NULL AND state = 'done'
        ORDER BY finished_at DESC LIMIT 50
      ) AS latest`,
  ]);
  const count = (state: string) => states.find((row) => row.state === state)?.count ?? 0;
  const median = pace[0]?.median ?? null;
  return {
    open: count("open"),
    done: count("done"),
    skipped: count("skipped"),
    doneToday,
    lastHour,
    medianSeconds: median === null ? null : median / 1000,
  };
}
