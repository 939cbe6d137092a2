import type { ModelPolicyView } from "@/lib/api/contract/calibration";
import { hoursSaved, type ReviewTime, reviewTime } from "@/lib/domain/calibration/review-time";
import { routingSchema } from "@/lib/domain/calibration/routing";
import type { Context } from "../context";
import type { Transaction } from "../database/client";
import { loadSettings } from "../review/review-settings";

/** The project's model policies, newest first, with what they decided and what audits made of that. */
export async function presentPolicies(
  { studio, caller }: Context,
  only: { id?: string } = {},
): Promise<ModelPolicyView[]> {
  const { projectId } = caller;
  const rows = await studio.db.selectionPolicy.findMany({
    where: { projectId, kind: "model", ...only },
    orderBy: { version: "desc" },
    take: 20,
    include: { bulks: { where: { kind: "policy" } } },
  });
  if (rows.length === 0) return [];
  const counts = await countDecisions(
    studio.db,
    rows.map(({ id }) => id),
  );
  const time = await loadReviewTime(studio.db, projectId);
  const { reviewersPerSample } = await loadSettings(studio.db, projectId);
  return rows.map((row) => {
    const bulk = row.bulks[0];
    const count = counts.get(row.id) ?? { approved: 0, rejected: 0, waiting: 0, agreed: 0, overruled: 0 };
    const audited = count.waiting + count.agreed + count.overruled;
    return {
      id: row.id,
      version: row.version,
      modelId: row.modelId!,
      routing: routingSchema.parse(row.routing),
      active: row.retiredAt === null,
      createdAt: row.createdAt,
      bulkId: bulk?.id ?? null,
      state: bulk?.state ?? "failed",
      undone: bulk?.undoneAt != null,
      message: bulk?.message ?? null,
      decided: { approved: count.approved, rejected: count.rejected },
      audit: { waiting: count.waiting, agreed: count.agreed, overruled: count.overruled },
      // People look at the audited ones all the same.
      hoursSaved: hoursSaved(
        Math.max(0, count.approved + count.rejected - audited),
        reviewersPerSample,
        time,
      ),
    };
  });
}

interface PolicyCounts {
  approved: number;
  rejected: number;
  waiting: number;
  agreed: number;
  overruled: number;
}

async function countDecisions(tx: Transaction, policyIds: string[]): Promise<Map<string, PolicyCounts>> {
  const rows = await tx.$queryRaw<(PolicyCounts & { id: string })[]>`
    SELECT d.policy_id AS id,
      count(*) FILTER (WHERE d.kind = 'approve')::int AS approved,
      count(*) FILTER (WHERE d.kind = 'reject')::int AS rejected,
      count(*) FILTER (WHERE audited AND v.kind IS NULL)::int AS waiting,
      count(*) FILTER (WHERE audited AND v.kind = d.kind)::int AS agreed,
      count(*) FILTER (WHERE audited AND v.kind <> d.kind)::int AS overruled
    FROM decisions d
    JOIN samples s ON s.id = d.sample_id
    CROSS JOIN LATERAL (SELECT coalesce(s.route IN ('audit-accept', 'audit-reject'), false) AS audited) r
    LEFT JOIN LATERAL (
      SELECT p.kind FROM decisions p
      WHERE audited AND p.sample_id = s.id AND p.actor_id IS NOT NULL AND p.purpose = 'audit' AND p.kind <> 'undo'
        AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = p.id)
      ORDER BY p.id DESC LIMIT 1
    ) v ON true
    WHERE d.policy_id = ANY(${policyIds}::uuid[]) AND d.kind <> 'undo'
      AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes_id = d.id)
    GROUP BY d.policy_id`;
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

/** How long people's newest decisions took. */
export async function loadReviewTime(tx: Transaction, projectId: string): Promise<ReviewTime> {
  const rows = await tx.$queryRaw<{ ms: number }[]>`
    SELECT d.elapsed_ms AS ms
    FROM members m CROSS JOIN LATERAL (
      SELECT elapsed_ms FROM decisions
      WHERE actor_id = m.id AND elapsed_ms IS NOT NULL AND bulk_id IS NULL AND kind <> 'undo'
      ORDER BY id DESC LIMIT 2000
    ) d
    WHERE m.project_id = ${projectId}::uuid`;
  return reviewTime(rows.map(({ ms }) => ms));
}
