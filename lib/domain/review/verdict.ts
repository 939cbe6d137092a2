import type { DecisionKind, SampleState } from "../sample-state";

export const reviewPurposes = ["review", "gold", "adjudication", "audit", "override"] as const;
export type ReviewPurpose = (typeof reviewPurposes)[number];

/** Fewest and most people who may decide on each sample. */
export const reviewersRange = [1, 5] as const;

/** A decision as far as the verdict needs it. */
export interface Ballot {
  id: string;
  /** Null: a selection policy decided. */
  actorId: string | null;
  kind: DecisionKind;
  purpose: ReviewPurpose;
  undoesId: string | null;
}

export interface Verdict {
  state: SampleState;
  /** Enough people decided and they disagree: an adjudicator's turn. */
  disputed: boolean;
}

/** The approvals and rejections that nobody took back, oldest first. */
export function standingBallots<T extends Pick<Ballot, "id" | "kind" | "undoesId">>(
  ballots: readonly T[],
): T[] {
  const undone = new Set(ballots.map(({ undoesId }) => undoesId));
  return ballots.filter(({ id, kind }) => kind !== "undo" && !undone.has(id));
}

/**
 * A sample's state after all its decisions, oldest first.
 * - The last standing word of an adjudicator or of a curator who overrode holds.
 * - Else each reviewer's last standing decision is a vote. Fewer than `needed` votes: pending. All alike: that
 *   holds. Otherwise the sample is disputed, and pending until somebody adjudicates.
 * - A selection policy's word holds until people have voted; an audit is one vote that is enough.
 * - Answers to gold samples measure the reviewer and never count.
 */
export function verdictOf(ballots: readonly Ballot[], needed: number): Verdict {
  const standing = standingBallots(ballots).filter(({ purpose }) => purpose !== "gold");
  const word = standing.findLast(({ purpose }) => purpose === "adjudication" || purpose === "override");
  if (word) return { state: stateOf(word.kind), disputed: false };
  const people = standing.filter(({ actorId }) => actorId !== null);
  const votes = [...new Map(people.map((ballot) => [ballot.actorId, ballot])).values()];
  const enough = votes.some(({ purpose }) => purpose === "audit") ? 1 : needed;
  const [first] = votes;
  if (!first || votes.length < enough) {
    const policy = standing.findLast(({ actorId }) => actorId === null);
    return { state: policy ? stateOf(policy.kind) : "pending", disputed: false };
  }
  const alike = votes.every(({ kind }) => kind === first.kind);
  return alike ? { state: stateOf(first.kind), disputed: false } : { state: "pending", disputed: true };
}

function stateOf(kind: DecisionKind): SampleState {
  return kind === "approve" ? "approved" : "rejected";
}
