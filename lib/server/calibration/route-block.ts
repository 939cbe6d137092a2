import type { AcceptanceFit } from "@/lib/domain/calibration/acceptance-model";
import { acceptanceFitSchema, acceptanceOf } from "@/lib/domain/calibration/acceptance-model";
import { type Routing, routeOf, routingSchema, type SampleRoute } from "@/lib/domain/calibration/routing";
import { addToCounters } from "../counters";
import type { Prisma, Transaction } from "../database/client";
import { closeTickets, openTickets } from "../review/route-tickets";
import { scoresOf } from "../samples/scores-of";
import { uuid7 } from "../uuid7";

/** A policy with an acceptance model, ready to decide. */
export interface ModelPolicy {
  id: string;
  projectId: string;
  routing: Routing;
  fit: AcceptanceFit;
  bulkId: string;
}

/** The policy that decides on the project's samples now, if there is one. */
export async function activePolicy(tx: Transaction, projectId: string): Promise<ModelPolicy | null> {
  const row = await tx.selectionPolicy.findFirst({
    where: { projectId, kind: "model", retiredAt: null },
    orderBy: { createdAt: "desc" },
    include: { model: true, bulks: { where: { kind: "policy" } } },
  });
  const bulk = row?.bulks[0];
  if (!row?.model || !bulk) return null;
  // Whoever takes the policy back waits for this block, or this block sees that it was taken back.
  const [standing] = await tx.$queryRaw<{ undone: boolean }[]>`
    SELECT undone_at IS NOT NULL AS undone FROM bulk_actions WHERE id = ${bulk.id}::uuid FOR UPDATE`;
  if (!standing || standing.undone) return null;
  return {
    id: row.id,
    projectId,
    routing: routingSchema.parse(row.routing),
    fit: acceptanceFitSchema.parse(row.model.fit),
    bulkId: bulk.id,
  };
}

interface OpenSample {
  id: string;
  scores: unknown;
  stale: boolean;
}

/**
 * Which samples a policy may decide on: pending, not yet seen by this policy, in nobody's hands, without a vote of a
 * person, and not sent back to somebody. Locked for this transaction; rows that others hold locked are left for later.
 */
export async function lockRoutable(tx: Transaction, policy: ModelPolicy, where: Prisma.Sql, limit: number) {
  return tx.$queryRaw<OpenSample[]>`
    SELECT s.id, c.scores,
      s.scored_text_revision <> s.text_revision OR s.scored_mask_revision <> s.mask_revision AS stale
    FROM samples s JOIN candidates c ON c.id = s.candidate_id
    WHERE s.project_id = ${policy.projectId}::uuid AND s.state = 'pending' AND NOT s.withdrawn
      AND s.returned_to_id IS NULL AND s.routed_by_id IS DISTINCT FROM ${policy.id}::uuid
      AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.sample_id = s.id AND a.purpose <> 'gold'
        AND (a.state = 'done' OR (a.state = 'held' AND a.lease_until > now())))
      AND ${where}
    ORDER BY s.id LIMIT ${limit} FOR UPDATE OF s SKIP LOCKED`;
}

/** Decides on locked samples: what the model accepts or rejects is decided, audits besides go to people, the rest stays with them. */
export async function routeBlock(
  tx: Transaction,
  policy: ModelPolicy,
  samples: readonly OpenSample[],
): Promise<{ approved: number; rejected: number }> {
  const routed = samples.map(({ id, scores, stale }) => {
    const acceptance = acceptanceOf(policy.fit, scoresOf(scores));
    // Scores of an older text or mask say nothing of what is there now.
    const route: SampleRoute = stale ? "people" : routeOf(policy.routing, acceptance, id);
    return { id, acceptance, route, state: stateOf(route) };
  });
  await tx.$executeRaw`
    UPDATE samples s SET acceptance = g.acceptance, route = g.route::sample_route, routed_by_id = ${policy.id}::uuid,
      state = g.state::sample_state, version = version + 1,
      decided_at = CASE WHEN g.state = 'pending' THEN NULL ELSE now() END
    FROM unnest(${routed.map(({ id }) => id)}::uuid[], ${routed.map(({ acceptance }) => acceptance)}::float8[],
      ${routed.map(({ route }) => routeNames[route])}::text[], ${routed.map(({ state }) => state)}::text[])
      AS g(id, acceptance, route, state)
    WHERE s.id = g.id`;
  const decided = routed.filter(({ state }) => state !== "pending");
  await tx.$executeRaw`
    INSERT INTO decisions (id, sample_id, policy_id, bulk_id, kind, reasons, text_revision, mask_revision, mask_id)
    SELECT g.id, s.id, ${policy.id}::uuid, ${policy.bulkId}::uuid, g.kind::decision_kind, '{}', s.text_revision,
      s.mask_revision, s.mask_id
    FROM unnest(${decided.map(() => uuid7())}::uuid[], ${decided.map(({ id }) => id)}::uuid[],
      ${decided.map(({ state }) => (state === "approved" ? "approve" : "reject"))}::text[]) AS g(id, sample_id, kind)
    JOIN samples s ON s.id = g.sample_id`;
  await closeTickets(
    tx,
    decided.map(({ id }) => id),
  );
  const audited = routed.filter(({ route }) => route === "auditAccept" || route === "auditReject");
  if (audited.length > 0) {
    await openTickets(
      tx,
      audited.map(({ id }) => id),
      "audit",
      policy.routing.auditShare,
    );
  }
  const approved = decided.filter(({ state }) => state === "approved").length;
  const rejected = decided.length - approved;
  await addToCounters(tx, policy.projectId, {
    "samples.pending": -decided.length,
    "samples.approved": approved,
    "samples.rejected": rejected,
  });
  await tx.bulkAction.update({
    where: { id: policy.bulkId },
    data: { changed: { increment: decided.length }, left: { increment: routed.length - decided.length } },
  });
  return { approved, rejected };
}

/** Values of the database's type `sample_route`. */
const routeNames: Record<SampleRoute, string> = {
  accept: "accept",
  reject: "reject",
  people: "people",
  auditAccept: "audit-accept",
  auditReject: "audit-reject",
};

function stateOf(route: SampleRoute): "approved" | "rejected" | "pending" {
  if (route === "people") return "pending";
  return route === "accept" || route === "auditAccept" ? "approved" : "rejected";
}
