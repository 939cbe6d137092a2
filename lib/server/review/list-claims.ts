import type { ClaimView } from "@/lib/api/contract/review";
import { type Context, requireAbility } from "../context";
import { loadDeskSamples } from "./load-desk-samples";

/** More than a desk ever holds. */
const most = 100;

/** What the caller holds, oldest claim first, for a page that was opened again. */
export async function listMyClaims(context: Context): Promise<{ items: ClaimView[] }> {
  requireAbility(context, "read");
  const rows = await context.studio.db.assignment.findMany({
    where: { reviewerId: context.caller.memberId, state: "held", leaseUntil: { gt: new Date() } },
    orderBy: { leaseUntil: "asc" },
    take: most,
  });
  const load = (blind: boolean) =>
    loadDeskSamples(
      context,
      rows.filter((row) => row.blind === blind).map((row) => row.sampleId),
      blind,
    );
  const samples = new Map([...(await load(false)), ...(await load(true))]);
  return {
    items: rows.flatMap(({ id, sampleId, leaseUntil, blind, purpose }) => {
      const sample = samples.get(sampleId);
      const shown = purpose === "adjudication" || purpose === "audit" ? purpose : "review";
      return sample ? [{ assignmentId: id, leaseUntil, blind, purpose: shown, sample }] : [];
    }),
  };
}

/** Who holds how many samples, and the first of them. Only running leases are read, never the history. */
export async function listHolders(context: Context) {
  requireAbility(context, "read");
  const { projectId, memberId } = context.caller;
  const rows = await context.studio.db.$queryRaw<
    {
      memberId: string;
      name: string;
      held: number;
      oldestUntil: Date;
      instructions: string[];
      at: string | null;
    }[]
  >`
    SELECT a.reviewer_id AS "memberId", m.name, count(*)::int AS held, min(a.lease_until) AS "oldestUntil",
      (array_agg(s.instruction ORDER BY a.claimed_at, a.id))[1:3] AS instructions,
      (SELECT shown.instruction FROM presences p JOIN samples shown
          ON shown.id = CASE WHEN p.subject ~ '^sample:[0-9a-f-]{36}$' THEN substr(p.subject, 8)::uuid END
        WHERE p.member_id = a.reviewer_id AND p.seen_at > now() - interval '75 seconds'
        ORDER BY p.seen_at DESC LIMIT 1) AS at
    FROM assignments a JOIN members m ON m.id = a.reviewer_id JOIN samples s ON s.id = a.sample_id
    WHERE a.project_id = ${projectId}::uuid AND a.state = 'held' AND a.lease_until > now()
    GROUP BY a.reviewer_id, m.name ORDER BY m.name LIMIT 200`;
  return rows.map((row) => ({ ...row, mine: row.memberId === memberId }));
}
