import { type Ballot, standingBallots, type Verdict, verdictOf } from "@/lib/domain/review/verdict";
import { addToCounters } from "../counters";
import type { Transaction } from "../database/client";
import { notify } from "../events/notify";
import { type LockedSample, lockSample } from "./lock-sample";

/** Locks a sample and brings its state and its ticket in line with the decisions on it. */
export async function settleSample(tx: Transaction, projectId: string, id: string): Promise<Verdict> {
  const { sample } = await lockSample(tx, projectId, id);
  return settleLocked(tx, projectId, sample);
}

/**
 * Derives the state of a locked sample from its decisions and writes it together with the counts, the ticket and
 * what other reviewers hold of it.
 */
export async function settleLocked(
  tx: Transaction,
  projectId: string,
  sample: LockedSample,
): Promise<Verdict> {
  const [facts] = await tx.$queryRaw<{ needed: number; ballots: Ballot[] }[]>`
    SELECT coalesce((SELECT reviewers_per_sample FROM review_settings WHERE project_id = ${projectId}::uuid), 1) AS needed,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'actorId', actor_id, 'kind', kind,
        'purpose', purpose, 'undoesId', undoes_id) ORDER BY created_at, id) FROM decisions
        WHERE sample_id = ${sample.id}::uuid), '[]') AS ballots`;
  return settleWith(tx, projectId, sample, facts!.needed, facts!.ballots);
}

/** The same for a caller that has read the settings and the decisions itself. */
export async function settleWith(
  tx: Transaction,
  projectId: string,
  sample: LockedSample,
  reviewersPerSample: number,
  ballots: readonly Ballot[],
): Promise<Verdict> {
  const verdict = verdictOf(ballots, neededFor(reviewersPerSample, sample, ballots));
  await tx.$executeRaw`
    UPDATE samples SET state = ${verdict.state}::sample_state, version = version + 1,
      decided_at = CASE WHEN ${verdict.state} = 'pending' THEN NULL WHEN state = ${verdict.state}::sample_state
        THEN decided_at ELSE now() END
    WHERE id = ${sample.id}::uuid`;
  if (verdict.state !== sample.state) {
    await addToCounters(tx, projectId, {
      [`samples.${sample.state}`]: -1,
      [`samples.${verdict.state}`]: 1,
    });
  }
  if (waitsForPeople(sample, verdict, ballots)) await openTicket(tx, sample.id, verdict.disputed);
  else await closeTicket(tx, sample.id);
  await notify(tx, { topic: "samples", id: sample.id });
  return verdict;
}

/** Pending samples do, and audited ones that nobody has a standing word on; not those that were sent back. */
export function waitsForPeople(
  { audited, returnedToId }: Pick<LockedSample, "audited" | "returnedToId">,
  { state }: Verdict,
  ballots: readonly Ballot[],
): boolean {
  if (returnedToId) return false;
  if (state === "pending") return true;
  return (
    audited &&
    standingBallots(ballots).every(({ actorId, purpose }) => actorId === null || purpose === "gold")
  );
}

/** A decided sample stays decided by the votes it has when the project later asks for more of them. */
export function neededFor(
  setting: number,
  sample: Pick<LockedSample, "state">,
  ballots: readonly Ballot[],
): number {
  if (sample.state === "pending") return setting;
  const voters = new Set(
    ballots.flatMap(({ purpose, actorId }) =>
      actorId && (purpose === "review" || purpose === "audit") ? [actorId] : [],
    ),
  );
  return Math.max(1, Math.min(setting, voters.size));
}

/** Nobody can claim it any more; what others hold of it is given back. */
export async function closeTicket(tx: Transaction, sampleId: string): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (DELETE FROM review_tickets WHERE sample_id = ${sampleId}::uuid)
    UPDATE assignments SET state = 'released', slot = NULL, finished_at = now()
    WHERE sample_id = ${sampleId}::uuid AND state = 'held' AND purpose <> 'gold'`;
}

/** The sample waits for people; its slots are those that assignments occupy. A decided one waits for its audit. */
export async function openTicket(tx: Transaction, sampleId: string, disputed: boolean): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO review_tickets (sample_id, project_id, run_id, edit_type, purpose, slots, uncertainty, shuffle, probability)
    SELECT s.id, s.project_id, s.run_id, s.edit_type,
      (CASE WHEN ${disputed} THEN 'adjudication' WHEN a.audit IS NOT NULL OR s.state <> 'pending' THEN 'audit' ELSE 'review' END)::review_purpose,
      coalesce(a.slots, 0), coalesce(s.uncertainty, 1), (random() * 2147483647)::int,
      coalesce(a.audit, CASE WHEN s.state <> 'pending' THEN (SELECT (p.routing->>'auditShare')::float8
        FROM selection_policies p WHERE p.id = s.routed_by_id) END, 1)
    FROM samples s LEFT JOIN LATERAL (
      SELECT bit_or(CASE WHEN slot = 0 THEN 32 ELSE 1 << (slot - 1) END) AS slots,
        max(coalesce(probability, 1)) FILTER (WHERE purpose = 'audit') AS audit
      FROM assignments WHERE sample_id = s.id AND slot IS NOT NULL) a ON true
    WHERE s.id = ${sampleId}::uuid
    ON CONFLICT (sample_id) DO UPDATE SET slots = EXCLUDED.slots,
      purpose = CASE WHEN ${disputed} THEN 'adjudication'
        WHEN review_tickets.purpose = 'adjudication' THEN EXCLUDED.purpose ELSE review_tickets.purpose END`;
}
