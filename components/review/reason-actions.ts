import type { Action } from "@/components/actions/action";
import type { RejectReasonView } from "@/lib/api/contract/review";
import { emptyDraft, type RejectDraft, saysWhy, toggleReason } from "./reject-draft";

interface Rejecting {
  reasons: readonly RejectReasonView[];
  /** A rejection in the making; null while none is. */
  draft: RejectDraft | null;
  setDraft: (draft: RejectDraft | null) => void;
  enabled: boolean;
  writeNote: () => void;
  reject: (draft: RejectDraft) => void;
}

/**
 * A digit rejects for one reason; once a rejection was begun, digits choose several and Enter sends it. Enter alone
 * sends nothing: a rejection says why.
 */
export function reasonActions(rejecting: Rejecting): Action[] {
  const { reasons, draft, setDraft, enabled, writeNote } = rejecting;
  const group = "Reject for a reason; after X for several";
  const reject = (made: RejectDraft) => {
    setDraft(null);
    rejecting.reject(made);
  };
  return [
    ...reasons.map(({ key, label }, index) => ({
      id: `reason-${key}`,
      label,
      keys: [String(index + 1)],
      group,
      enabled,
      run: () => (draft ? setDraft(toggleReason(draft, key)) : reject({ reasons: [key], note: "" })),
    })),
    {
      id: "note",
      label: "Note",
      keys: ["n"],
      group,
      enabled,
      run: () => {
        if (!draft) setDraft(emptyDraft);
        writeNote();
      },
    },
    {
      id: "send-rejection",
      label: "Reject",
      keys: ["Enter"],
      group,
      mode: true,
      enabled: enabled && draft !== null && saysWhy(draft),
      run: () => draft && reject(draft),
    },
    {
      id: "keep",
      label: "Back",
      keys: ["Escape"],
      group,
      mode: true,
      enabled: draft !== null,
      run: () => setDraft(null),
    },
  ];
}
