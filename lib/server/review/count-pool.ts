import { readCounters } from "../counters";
import { Prisma, type Transaction } from "../database/client";
import { hadBy, inScope, slotsMask, type TicketClaim } from "./eligible-tickets";

/** Pools up to so many tickets are looked at one by one, in a few milliseconds. */
const exactUpTo = 1000;
/** How large a pool is, is asked once a minute: in a large one a minute's decisions change no chance that matters. */
const keptMs = 60_000;
const most = 1000;
const kept = new Map<string, { until: number; count: Promise<number> }>();

/**
 * How many samples a draw in random order can hit: free slots in what is asked for, of samples that the reviewer has
 * never had and that are not on the desk already. Exact in small pools; in large ones what others hold this minute
 * counts as free.
 */
export async function countPool(tx: Transaction, claim: TicketClaim): Promise<number> {
  const scope = [claim.projectId, claim.purpose, claim.runId, claim.editType].join("/");
  const all = await recently(scope, () => countTickets(tx, claim));
  if (all <= exactUpTo) return countEligible(tx, claim);
  // With one reviewer a sample, what the reviewer had is decided and has no ticket.
  const several = claim.reviewersPerSample > 1;
  const had = several ? await recently(`${scope}/${claim.reviewerId}`, () => countHad(tx, claim)) : 0;
  return Math.max(claim.limit, all - had);
}

function countEligible(tx: Transaction, claim: TicketClaim): Promise<number> {
  const mask = slotsMask(claim);
  return count(
    tx,
    Prisma.sql`${inScope(claim)} AND t.slots & ${mask} <> ${mask}
      AND NOT EXISTS (SELECT 1 ${hadBy(claim.reviewerId)}) AND t.sample_id <> ALL(${claim.have}::uuid[])`,
  );
}

async function countTickets(tx: Transaction, claim: TicketClaim): Promise<number> {
  if (claim.purpose === "review" && !claim.runId && !claim.editType) {
    return (await readCounters(tx, claim.projectId))["samples.pending"];
  }
  return count(tx, inScope(claim));
}

function countHad(tx: Transaction, claim: TicketClaim): Promise<number> {
  return count(tx, Prisma.sql`${inScope(claim)} AND EXISTS (SELECT 1 ${hadBy(claim.reviewerId)})`);
}

async function count(tx: Transaction, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM review_tickets t WHERE ${where}`;
  return row!.count;
}

/** A count of this process, asked for once a minute at most. */
function recently(key: string, ask: () => Promise<number>): Promise<number> {
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.count;
  const asked = ask();
  kept.delete(key);
  kept.set(key, { until: Date.now() + keptMs, count: asked });
  asked.catch(() => kept.delete(key));
  const oldest = kept.keys().next().value;
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return asked;
}
