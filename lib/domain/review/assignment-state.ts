export const assignmentStates = ["held", "done", "released", "expired"] as const;
export type AssignmentState = (typeof assignmentStates)[number];

/** What can happen to a sample in a reviewer's hands. */
export type AssignmentEvent = "decide" | "undo" | "release" | "expire" | "claim";

/**
 * The life of an assignment. `null` is an assignment that was never made. What is missing cannot happen: a finished
 * one is neither given back nor does it run out, and who holds or finished a sample cannot claim it again.
 * - A decision on a released or expired one is possible while the sample's slot is still free (`needsSlot`).
 */
const transitions: Record<AssignmentState | "none", Partial<Record<AssignmentEvent, AssignmentState>>> = {
  none: { claim: "held", decide: "done" },
  held: { decide: "done", release: "released", expire: "expired" },
  done: { decide: "done", undo: "held" },
  released: { claim: "held", decide: "done" },
  expired: { claim: "held", decide: "done" },
};

/** The state after the event, or null where the event is impossible. */
export function assignmentAfter(
  state: AssignmentState | null,
  event: AssignmentEvent,
): AssignmentState | null {
  return transitions[state ?? "none"][event] ?? null;
}

/** Whether the event takes a slot of the sample that the assignment does not occupy yet. */
export function needsSlot(state: AssignmentState | null, event: AssignmentEvent): boolean {
  const occupies = (one: AssignmentState | null) => one === "held" || one === "done";
  const after = assignmentAfter(state, event);
  return after !== null && occupies(after) && !occupies(state);
}
