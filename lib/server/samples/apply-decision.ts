import type { SampleView } from "@/lib/api/contract/samples";
import { UserError } from "@/lib/domain/errors";
import { type DecisionKind, sampleStateAfter } from "@/lib/domain/sample-state";
import type { Context } from "../context";
import { addToCounters } from "../counters";
import type { Transaction } from "../database/client";
import { notify } from "../events/notify";

export interface NewDecision {
  version: number;
  kind: DecisionKind;
  reasons: string[];
  note: string | null;
  elapsedMs: number | null;
  undoesId: string | null;
}

/** Appends a decision and, in the same transaction, derives the sample's state and the counts from it. */
export async function applyDecision(
  tx: Transaction,
  { caller }: Context,
  sample: SampleView,
  { version, ...decision }: NewDecision,
): Promise<void> {
  // The version is taken first: it locks the row, so that two reviewers cannot both pass.
  const { count } = await tx.sample.updateMany({
    where: { id: sample.id, version },
    data: { version: { increment: 1 } },
  });
  if (count === 0) {
    throw new UserError(
      "conflict",
      "Somebody else decided on this sample meanwhile; look at it again before you decide.",
      "version",
    );
  }
  await tx.decision.create({
    data: { sampleId: sample.id, actorId: caller.memberId, textRevision: sample.textRevision, ...decision },
  });
  const facts = await tx.decision.findMany({ where: { sampleId: sample.id }, orderBy: { id: "asc" } });
  const before = await tx.sample.findUniqueOrThrow({ where: { id: sample.id }, select: { state: true } });
  const state = sampleStateAfter(facts);
  await tx.sample.update({
    where: { id: sample.id },
    data: { state, decidedAt: state === "pending" ? null : new Date() },
  });
  if (before.state !== state) {
    await addToCounters(tx, caller.projectId, { [`samples.${before.state}`]: -1, [`samples.${state}`]: 1 });
  }
  await notify(tx, { topic: "samples", id: sample.id });
}
