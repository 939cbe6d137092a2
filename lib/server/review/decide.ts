import type { DeskOutcome } from "@/lib/api/contract/review";
import { standingBallots } from "@/lib/domain/review/verdict";
import { type Context, requireAbility } from "../context";
import { inTransaction, type Transaction } from "../database/client";
import { type NewDecision, recordDecision } from "./record-decision";
import { takeBack } from "./take-back";

/** Records the caller's verdict on a sample that is as the caller saw it. */
export async function decide(context: Context, input: NewDecision): Promise<DeskOutcome> {
  requireAbility(context, "review");
  return inTransaction(context.studio.db, async (tx) => {
    const { id, textRevision, maskRevision } = await recordDecision(tx, context, input);
    return { sampleId: id, mine: input.kind, leaseUntil: null, textRevision, maskRevision };
  });
}

/** Takes the caller's last verdict on a sample back. */
export async function undo(context: Context, { sampleId }: { sampleId: string }): Promise<DeskOutcome> {
  requireAbility(context, "review");
  return inTransaction(context.studio.db, async (tx) => {
    await takeBack(tx, context, { sampleId });
    return outcomeOf(tx, context, sampleId);
  });
}

async function outcomeOf(tx: Transaction, { caller }: Context, sampleId: string): Promise<DeskOutcome> {
  const sample = await tx.sample.findUniqueOrThrow({
    where: { id: sampleId },
    select: {
      textRevision: true,
      maskRevision: true,
      assignments: { where: { reviewerId: caller.memberId, state: "held" }, select: { leaseUntil: true } },
      decisions: { where: { actorId: caller.memberId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
    },
  });
  const mine = standingBallots(sample.decisions).at(-1)?.kind;
  return {
    sampleId,
    mine: mine === "approve" || mine === "reject" ? mine : null,
    leaseUntil: sample.assignments[0]?.leaseUntil ?? null,
    textRevision: sample.textRevision,
    maskRevision: sample.maskRevision,
  };
}
