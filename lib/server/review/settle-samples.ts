import { type Ballot, verdictOf } from "@/lib/domain/review/verdict";
import type { SampleState } from "@/lib/domain/sample-state";
import { addToCounters } from "../counters";
import type { Transaction } from "../database/client";
import { closeTickets } from "./route-tickets";
import { neededFor, openTicket, waitsForPeople } from "./settle-sample";

interface Row {
  id: string;
  state: SampleState;
  returnedToId: string | null;
  audited: boolean;
  ballots: Ballot[];
}

/**
 * Brings the states and tickets of many samples in line with the decisions on them, as `settleSample` does for one, in
 * a few statements. Withdrawn samples are left. Pages are told by the caller.
 */
export async function settleSamples(
  tx: Transaction,
  projectId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.$queryRaw`
    SELECT 1 FROM samples WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id, s.state::text, s.returned_to_id AS "returnedToId",
      coalesce(s.route IN ('audit-accept', 'audit-reject'), false) AS audited,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'actorId', actor_id, 'kind', kind,
        'purpose', purpose, 'undoesId', undoes_id) ORDER BY created_at, id) FROM decisions d
        WHERE d.sample_id = s.id), '[]') AS ballots
    FROM samples s
    WHERE s.id = ANY(${[...ids]}::uuid[]) AND s.project_id = ${projectId}::uuid AND NOT s.withdrawn`;
  const settings = await tx.reviewSettings.findUnique({ where: { projectId } });
  const settled = rows.map((row) => ({
    ...row,
    verdict: verdictOf(row.ballots, neededFor(settings?.reviewersPerSample ?? 1, row, row.ballots)),
  }));
  const waiting = settled.filter((row) => waitsForPeople(row, row.verdict, row.ballots));
  const open = new Set(waiting.map(({ id }) => id));
  await closeTickets(
    tx,
    settled.flatMap(({ id }) => (open.has(id) ? [] : [id])),
  );
  await tx.$executeRaw`
    UPDATE samples s SET state = g.state::sample_state, version = version + 1,
      decided_at = CASE WHEN g.state = 'pending' THEN NULL WHEN s.state::text = g.state THEN decided_at ELSE now() END
    FROM unnest(${settled.map(({ id }) => id)}::uuid[], ${settled.map(({ verdict }) => verdict.state)}::text[])
      AS g(id, state)
    WHERE s.id = g.id`;
  for (const { id, verdict } of waiting) await openTicket(tx, id, verdict.disputed);
  const changes = { "samples.pending": 0, "samples.approved": 0, "samples.rejected": 0 };
  for (const { state, verdict } of settled) {
    changes[`samples.${state}`]--;
    changes[`samples.${verdict.state}`]++;
  }
  await addToCounters(tx, projectId, changes);
}
