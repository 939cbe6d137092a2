export const runStates = ["queued", "running", "paused", "cancelled", "succeeded", "failed"] as const;
export type RunState = (typeof runStates)[number];

export const runEvents = ["start", "pause", "resume", "cancel", "complete", "fail", "retry"] as const;
export type RunEvent = (typeof runEvents)[number];

const transitions: Record<RunState, Partial<Record<RunEvent, RunState>>> = {
  queued: { start: "running", pause: "paused", cancel: "cancelled", fail: "failed" },
  running: { pause: "paused", cancel: "cancelled", complete: "succeeded", fail: "failed" },
  paused: { resume: "running", cancel: "cancelled", fail: "failed" },
  cancelled: {},
  succeeded: { retry: "running" },
  failed: { retry: "running" },
};

/** The state after an event, or `null` where the event means nothing in that state. */
export function nextRunState(state: RunState, event: RunEvent): RunState | null {
  return transitions[state][event] ?? null;
}

/** The events a person can cause in a state: what buttons to show. */
export function allowedRunEvents(state: RunState): RunEvent[] {
  const byPeople: RunEvent[] = ["pause", "resume", "cancel", "retry"];
  return byPeople.filter((event) => nextRunState(state, event) !== null);
}

/** Whether nothing more will happen by itself. */
export function isSettled(state: RunState): boolean {
  return state === "cancelled" || state === "succeeded" || state === "failed";
}
