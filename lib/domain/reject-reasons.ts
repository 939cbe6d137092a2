/** Why a reviewer rejects a pair. One digit each, in this order. */
export const rejectReasons = [
  { id: "not-done", label: "Edit not done" },
  { id: "wrong-edit", label: "Wrong edit" },
  { id: "too-much", label: "Too much changed" },
  { id: "artifacts", label: "Artefacts" },
  { id: "bad-source", label: "Source image is bad" },
  { id: "bad-instruction", label: "Instruction is bad" },
  { id: "bad-caption", label: "Caption is wrong" },
  { id: "unsafe", label: "Unsafe or private" },
  { id: "other", label: "Other" },
] as const;

export type RejectReason = (typeof rejectReasons)[number]["id"];
export const rejectReasonIds = rejectReasons.map((reason) => reason.id) as [RejectReason, ...RejectReason[]];
