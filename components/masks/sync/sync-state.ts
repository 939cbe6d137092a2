/**
 * What is known about where a mask's strokes lie. Revisions count the changes since the region was opened here;
 * versions count the ones that the server has taken.
 */
export interface SyncState {
  /** Of the mask on screen. */
  readonly revision: number;
  /** The newest revision in this browser's own storage. */
  readonly keptRevision: number;
  /** The newest revision that the server has. */
  readonly savedRevision: number;
  /** The server's version that the next save is based on. */
  readonly version: number;
  readonly sending: Sending;
  /** Why strokes do not reach this browser's storage; null while they do. */
  readonly keepProblem: string | null;
}

/** What goes on between this desk and the server. Times in ms. */
export type Sending =
  | { readonly kind: "idle" }
  /** Strokes are gathered until `at`; the first of them came at `since`. */
  | { readonly kind: "gathering"; readonly since: number; readonly at: number }
  | { readonly kind: "sending"; readonly revision: number; readonly attempt: number }
  /** The server did not answer; asked again at `at`. */
  | { readonly kind: "waiting"; readonly attempt: number; readonly at: number; readonly reason: string }
  /** Somebody else has saved version `theirs` meanwhile. */
  | { readonly kind: "conflict"; readonly theirs: number }
  | { readonly kind: "signed-out"; readonly reason: string }
  /** The server will not take it, however often it is asked. */
  | { readonly kind: "refused"; readonly reason: string };

export type SyncEvent =
  | { type: "stroke"; revision: number; now: number }
  | { type: "kept"; revision: number }
  | { type: "keep-failed"; reason: string }
  /** The request for the newest revision leaves now. */
  | { type: "send" }
  | { type: "saved"; version: number; now: number }
  | { type: "failed"; failure: SaveFailure; now: number }
  /** A person, or the browser (back online, tab shown again), asks to try at once. */
  | { type: "try-now"; now: number }
  /** The person has chosen: the mask on screen is now based on the other's version. `same`: and equals it. */
  | { type: "resolved"; version: number; same: boolean; now: number };

export type SaveFailure =
  | { kind: "unreachable"; reason: string }
  | { kind: "conflict"; theirs: number }
  | { kind: "signed-out"; reason: string }
  | { kind: "refused"; reason: string };

/** Strokes this close together are sent as one; during steady drawing at least every `gatherMostMs`. */
export const gatherMs = 1200;
export const gatherMostMs = 8000;
/** Pauses between attempts double from the first to the last. */
export const firstPauseMs = 1000;
export const longestPauseMs = 30_000;

export function openedAt(version: number): SyncState {
  return {
    revision: 0,
    keptRevision: 0,
    savedRevision: 0,
    version,
    sending: { kind: "idle" },
    keepProblem: null,
  };
}

/** The next state. Never forgets a stroke: only `saved` and `resolved` move `savedRevision`. */
export function reduceSync(state: SyncState, event: SyncEvent): SyncState {
  switch (event.type) {
    case "stroke":
      return { ...state, revision: event.revision, sending: gather(state.sending, event.now) };
    case "kept":
      return { ...state, keptRevision: Math.max(state.keptRevision, event.revision), keepProblem: null };
    case "keep-failed":
      return { ...state, keepProblem: event.reason };
    case "send":
      return canSend(state)
        ? {
            ...state,
            sending: { kind: "sending", revision: state.revision, attempt: attemptOf(state.sending) },
          }
        : state;
    case "saved": {
      if (state.sending.kind !== "sending") return state;
      const savedRevision = state.sending.revision;
      return {
        ...state,
        savedRevision,
        version: event.version,
        sending: state.revision > savedRevision ? gather({ kind: "idle" }, event.now) : { kind: "idle" },
      };
    }
    case "failed":
      return state.sending.kind === "sending"
        ? { ...state, sending: afterFailure(state.sending.attempt, event.failure, event.now) }
        : state;
    case "try-now":
      return canSend(state)
        ? { ...state, sending: { kind: "gathering", since: event.now, at: event.now } }
        : state;
    case "resolved": {
      const settled = { ...state, version: event.version };
      return event.same
        ? { ...settled, savedRevision: state.revision, sending: { kind: "idle" } }
        : { ...settled, sending: { kind: "gathering", since: event.now, at: event.now } };
    }
  }
}

/** When the newest revision should be sent: a time in ms, or null while nothing is to be sent. */
export function sendAt({ sending }: SyncState): number | null {
  return sending.kind === "gathering" || sending.kind === "waiting" ? sending.at : null;
}

function gather(sending: Sending, now: number): Sending {
  if (sending.kind === "idle") return { kind: "gathering", since: now, at: now + gatherMs };
  if (sending.kind !== "gathering") return sending;
  return { ...sending, at: Math.min(now + gatherMs, sending.since + gatherMostMs) };
}

/** A conflict waits for a person's choice; a request under way for its answer. */
function canSend({ sending, revision, savedRevision }: SyncState): boolean {
  return revision > savedRevision && sending.kind !== "sending" && sending.kind !== "conflict";
}

function attemptOf(sending: Sending): number {
  return sending.kind === "waiting" ? sending.attempt + 1 : 1;
}

function afterFailure(attempt: number, failure: SaveFailure, now: number): Sending {
  if (failure.kind !== "unreachable") return failure;
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
  return { kind: "waiting", attempt, at: now + pause, reason: failure.reason };
}
