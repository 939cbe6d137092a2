/** A rejection while its reasons are being chosen. */
export interface RejectDraft {
  reasons: readonly string[];
  note: string;
}

export const emptyDraft: RejectDraft = { reasons: [], note: "" };

/** Whether it says why: nothing is rejected without a word. */
export function saysWhy({ reasons, note }: RejectDraft): boolean {
  return reasons.length > 0 || note.trim() !== "";
}

export function toggleReason(draft: RejectDraft, key: string): RejectDraft {
  const { reasons } = draft;
  return {
    ...draft,
    reasons: reasons.includes(key) ? reasons.filter((one) => one !== key) : [...reasons, key],
  };
}
