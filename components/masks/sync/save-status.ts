import type { SyncState } from "./sync-state";

/** Where the newest stroke lies, as the status bar says it. */
export interface SaveStatus {
  kind: "saved" | "saving" | "kept" | "conflict" | "signed-out" | "refused" | "unkept";
  label: string;
  /** What it means for the work, in a sentence. */
  detail: string;
}

/** The state in words. `unkept` is the one that can lose work: neither the server nor this computer has it. */
export function saveStatus(state: SyncState): SaveStatus {
  const { sending, revision, savedRevision, keptRevision, keepProblem } = state;
  if (sending.kind === "conflict") {
    return {
      kind: "conflict",
      label: "Two versions",
      detail: "Somebody else has saved this mask meanwhile. Yours is kept on this computer until you choose.",
    };
  }
  if (revision === savedRevision) {
    return { kind: "saved", label: "Saved", detail: "Every stroke is on the server." };
  }
  if (keepProblem !== null && sending.kind !== "sending" && sending.kind !== "gathering") {
    return {
      kind: "unkept",
      label: "Not saved anywhere",
      detail: `Keep this page open: this browser could not store the last strokes (${keepProblem}), and the server has not taken them yet.`,
    };
  }
  if (sending.kind === "signed-out") {
    return {
      kind: "signed-out",
      label: "Signed out",
      detail: `${sending.reason} Your strokes are kept on this computer and are sent once you have signed in again.`,
    };
  }
  if (sending.kind === "refused") {
    return {
      kind: "refused",
      label: "Refused, kept here",
      detail: `The server did not take the mask: ${sending.reason} Your strokes are kept on this computer.`,
    };
  }
  if (sending.kind === "waiting") {
    return {
      kind: "kept",
      label: "Kept on this computer",
      detail: `${sending.reason} Your strokes are kept on this computer and are sent as soon as it answers.`,
    };
  }
  return keptRevision >= revision
    ? { kind: "saving", label: "Saving", detail: "Kept on this computer; on its way to the server." }
    : { kind: "saving", label: "Saving", detail: "On its way to this computer's storage and the server." };
}
