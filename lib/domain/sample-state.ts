export const sampleStates = ["pending", "approved", "rejected"] as const;
export type SampleState = (typeof sampleStates)[number];

export const decisionKinds = ["approve", "reject", "undo"] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export type DecisionFact = { id: string; kind: DecisionKind; undoesId: string | null };

/**
 * A sample's state after all its decisions, oldest first: the last approval or rejection that was not undone
 * holds.
 */
export function sampleStateAfter(decisions: readonly DecisionFact[]): SampleState {
  const undone = new Set(decisions.map((decision) => decision.undoesId));
  const standing = decisions.findLast((decision) => decision.kind !== "undo" && !undone.has(decision.id));
  if (!standing) return "pending";
  return standing.kind === "approve" ? "approved" : "rejected";
}
