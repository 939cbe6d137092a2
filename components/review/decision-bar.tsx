import type { RefObject } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { classNames } from "@/components/ui/class-names";
import { ReasonBar } from "./reason-bar";
import type { RejectDraft } from "./reject-draft";

interface DecisionBarProps {
  actions: readonly Action[];
  draft: RejectDraft | null;
  onDraft: (draft: RejectDraft) => void;
  noteRef: RefObject<HTMLInputElement | null>;
  returned: boolean;
}

/** The decisions as buttons; while rejecting, the reasons over them. */
export function DecisionBar({ actions, draft, onDraft, noteRef, returned }: DecisionBarProps) {
  const of = (id: string) => actions.find((action) => action.id === id)!;
  return (
    <div className="relative border-t border-line bg-panel">
      <div role="toolbar" aria-label="Decision" className={classNames(bar, draft && "invisible")}>
        <ActionButton action={of("previous")} look="quiet" />
        {returned ? (
          <ActionButton action={of("answer")} look="primary" size="large" className="min-w-36" />
        ) : (
          <>
            <ActionButton action={of("reject")} look="bad" size="large" className="min-w-36" />
            <ActionButton action={of("approve")} look="good" size="large" className="min-w-36" />
          </>
        )}
        <ActionButton action={of("skip")} look="quiet" />
        <ActionButton action={of("undo")} look="quiet" />
      </div>
      {draft && <ReasonBar {...{ actions, draft, onDraft, noteRef }} />}
    </div>
  );
}

const bar = "flex min-h-16 flex-wrap items-center justify-center gap-2 px-4 py-2";
