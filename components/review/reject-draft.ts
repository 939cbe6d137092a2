/** A rejection while its reasons are being chosen. */
export interface RejectDraft {
  reasons: readonly string[];
  note: string;
}

export const emptyDraft: RejectDraft = { reasons: [], note: "" };

export function toggleReason(draft: RejectDraft, key: string): RejectDraft {
  const { reasons } = draft;
  return {
    ...draft,
    reasons: reasons.includes(key) ? reasons.filter((one) => one !== key) : [...reasons, key],
  };
}
