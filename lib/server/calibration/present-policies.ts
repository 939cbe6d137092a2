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
    include: { bulks: { where: { kind: "policy" } }, counts: true },
  });
  if (rows.length === 0) return [];
  const time = await loadReviewTime(studio.db, projectId);
  const { reviewersPerSample } = await loadSettings(studio.db, projectId);
  return rows.map((row) => {
    const bulk = row.bulks[0];
    const count = row.counts ?? { approved: 0, rejected: 0, waiting: 0, agreed: 0, overruled: 0 };
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
