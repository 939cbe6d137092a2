import { type Context, mayDo, requireAbility } from "../context";
import { loadSettings } from "./review-settings";

/**
 * What reviewers decided in the last `days` days and how often they agreed with gold, from the maintained tallies.
 * Curators see everybody, since gold is theirs to judge by; others see themselves, and everybody only where the
 * leaderboard is on.
 */
export async function listReviewers(context: Context, { days }: { days: number }) {
  requireAbility(context, "read");
  const { projectId, memberId } = context.caller;
  const { leaderboard } = await loadSettings(context.studio.db, projectId);
  const everybody = leaderboard || mayDo(context, "curate");
  const since = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const rows = await context.studio.db.$queryRaw<
    {
      memberId: string;
      name: string;
      approved: number;
      rejected: number;
      goldSeen: number;
      goldAgreed: number;
    }[]
  >`
    SELECT t.member_id AS "memberId", m.name, sum(t.approved)::int AS approved, sum(t.rejected)::int AS rejected,
      sum(t.gold_seen)::int AS "goldSeen", sum(t.gold_agreed)::int AS "goldAgreed"
    FROM review_tallies t JOIN members m ON m.id = t.member_id
    WHERE t.project_id = ${projectId}::uuid AND t.day >= ${since}::date
      AND (${everybody} OR t.member_id = ${memberId}::uuid)
    GROUP BY t.member_id, m.name ORDER BY m.name LIMIT 500`;
  return rows.map((row) => ({ ...row, mine: row.memberId === memberId }));
}
