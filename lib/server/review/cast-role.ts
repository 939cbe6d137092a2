import { UserError } from "@/lib/domain/errors";
import { type AssignmentState, assignmentAfter, needsSlot } from "@/lib/domain/review/assignment-state";
import { adjudicatorBit, freeSlot } from "@/lib/domain/review/slots";
import type { ReviewPurpose } from "@/lib/domain/review/verdict";
import type { LockedSample, LockedTicket } from "./lock-sample";

export interface OwnAssignment {
  id: string;
  purpose: ReviewPurpose;
  state: AssignmentState;
  slot: number | null;
}

/** What a decision counts as, and the slot it has to take for that. */
export interface CastRole {
  purpose: ReviewPurpose;
  /** Undefined: none to take. */
  takeSlot?: number;
}

interface Circumstances {
  sample: LockedSample;
  ticket: LockedTicket | null;
  own: OwnAssignment | null;
  mayCurate: boolean;
  reviewersPerSample: number;
  kind: "approve" | "reject";
  /** Who holds it or decided on it, for the sentence. */
  others: { name: string; state: string; until: string }[];
}

/**
 * As what a decision of somebody on a sample counts: the vote that the assignment asks for, an adjudication, or a
 * curator's override of what is decided. What cannot count is refused with the reason.
 */
export function castRole(at: Circumstances): CastRole {
  const { sample, ticket, own, mayCurate, kind } = at;
  if (own?.purpose === "gold" && assignmentAfter(own.state, "decide")) return { purpose: "gold" };
  const decided = sample.state !== "pending";
  const agrees = sample.state === (kind === "approve" ? "approved" : "rejected");
  if (own && !needsSlot(own.state, "decide") && own.purpose !== "override") {
    const overrules = own.state === "done" && decided && mayCurate && !agrees;
    return { purpose: overrules ? "override" : own.purpose };
  }
  if (decided || !ticket) {
    if (mayCurate) return { purpose: "override" };
    throw refusal(sample, at);
  }
  if (ticket.purpose === "adjudication") {
    if (mayCurate && (ticket.slots & adjudicatorBit) === 0) return { purpose: "adjudication", takeSlot: 0 };
    throw refusal(sample, at);
  }
  const slot = freeSlot(ticket.slots, at.reviewersPerSample);
  if (slot === null) throw refusal(sample, at);
  return { purpose: ticket.purpose, takeSlot: slot };
}

function refusal(sample: LockedSample, { ticket, own, others }: Circumstances): UserError {
  const lost = own?.state === "expired" ? "Your hold on this sample ran out. " : "";
  const kept = " Your choice is kept and nothing was overwritten.";
  const names = (state: string) =>
    [...new Set(others.filter((one) => one.state === state).map((one) => one.name))].join(" and ");
  if (sample.state !== "pending") {
    const who = names("done");
    return conflict(`${lost}It is ${sample.state} already${who && `, by ${who}`}.${kept}`);
  }
  if (!ticket)
    return conflict(`${lost}It is not in the review queue now: it was sent back or set aside.${kept}`);
  if (ticket.purpose === "adjudication") {
    return conflict(`${lost}Its reviewers disagree, and an adjudicator decides.${kept}`);
  }
  const holder = others.find((one) => one.state === "held");
  const until = holder ? ` until ${holder.until} UTC` : "";
  const who = holder ? `${holder.name} has it now${until}` : `${names("done") || "Others"} decided on it`;
  return conflict(`${lost}${who}.${kept} Send it again later.`);
}

const conflict = (sentence: string) => new UserError("conflict", sentence, "sampleId");
