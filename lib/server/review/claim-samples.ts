import type { ClaimView, DrawOrder } from "@/lib/api/contract/review";
import { type Context, requireAbility } from "../context";
import { claimGold } from "./claim-gold";
import { claimTickets } from "./claim-tickets";
import type { TicketClaim } from "./eligible-tickets";
import { loadDeskSamples } from "./load-desk-samples";
import { reapLeases } from "./reap-leases";
import { recentSettings } from "./review-settings";

/** Longer than a decision holds a sample. */
const lockedMs = 50;

export interface ClaimInput {
  limit: number;
  order: DrawOrder;
  purpose: "review" | "adjudication" | "audit";
  blind: boolean;
  have: string[];
  runId?: string | undefined;
  editType?: string | undefined;
}

/**
 * Hands samples out to the caller under a lease. Only reviews are mixed with gold samples. Adjudication is for
 * those who curate, and never for somebody who voted on the sample.
 */
export async function claimSamples(
  context: Context,
  input: ClaimInput,
): Promise<{ items: ClaimView[]; exhausted: boolean }> {
  requireAbility(context, input.purpose === "adjudication" ? "curate" : "review");
  const { projectId, memberId } = context.caller;
  const settings = await recentSettings(context.studio.db, projectId);
  const claim: TicketClaim = {
    ...input,
    projectId,
    reviewerId: memberId,
    runId: input.runId,
    editType: input.editType,
    reviewersPerSample: settings.reviewersPerSample,
    leaseSeconds: settings.leaseSeconds,
    blind: input.blind || settings.blind,
  };
  const { db } = context.studio;
  await reapLeases(db, projectId);
  const wanted = input.purpose === "review" ? goldCount(input.limit, settings.goldShare) : 0;
  const gold = await claimGold(db, claim, wanted);
  const wish = { ...claim, limit: input.limit - gold.length };
  let tickets = await claimTickets(db, wish);
  if (tickets.length === 0 && gold.length === 0) {
    // The last samples may only have been locked by somebody's decision in this moment.
    await new Promise((done) => setTimeout(done, lockedMs));
    tickets = await claimTickets(db, wish);
  }
  const order = interleave(tickets, gold);
  const samples = await loadDeskSamples(
    context,
    order.map(({ sampleId }) => sampleId),
    claim.blind,
  );
  return {
    items: order.flatMap(({ sampleId, ...item }) => {
      const sample = samples.get(sampleId);
      return sample ? [{ ...item, blind: claim.blind, sample }] : [];
    }),
    exhausted: tickets.length < input.limit - gold.length,
  };
}

/** How many of `limit` samples are gold, drawn so that `share` of them are in the long run. */
function goldCount(limit: number, share: number): number {
  return Array.from({ length: limit }, () => Math.random() < share).filter(Boolean).length;
}

/** Gold stands anywhere among the others; these keep their order. */
function interleave<T>(items: readonly T[], gold: readonly T[]): T[] {
  const mixed = [...items];
  for (const one of gold) mixed.splice(Math.floor(Math.random() * (mixed.length + 1)), 0, one);
  return mixed;
}
