import type { RefObject } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { classNames } from "@/components/ui/class-names";
import { TextInput } from "@/components/ui/field";
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
      {draft && (
        // Over the bar and not in its place: the picture must not move while reasons are chosen.
        <div
          role="toolbar"
          aria-label="Why is it rejected?"
          className={classNames(bar, "absolute inset-x-0 bottom-0 border-t border-bad/40 bg-panel")}
        >
          <span className="mr-1 font-medium text-bad" role="status">
            Why?
          </span>
          {actions
            .filter(({ id }) => id.startsWith("reason-"))
            .map((action) => {
              const chosen = draft.reasons.includes(action.id.slice("reason-".length));
              return (
                <ActionButton
                  key={action.id}
                  action={chosen ? { ...action, label: `✓ ${action.label}` } : action}
                  look={chosen ? "bad" : "plain"}
                  size="small"
                />
              );
            })}
          <div className="w-56">
            <TextInput
              ref={noteRef}
              aria-label="Note"
              placeholder="Note (N)"
              className="h-7 text-[13px]"
              maxLength={2000}
              value={draft.note}
              onChange={({ target }) => onDraft({ ...draft, note: target.value })}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== "Escape") return;
                // The keys belong to the desk again.
                event.preventDefault();
                event.currentTarget.blur();
                if (event.key === "Enter") of("send-rejection").run();
              }}
            />
          </div>
          <ActionButton action={of("send-rejection")} look="bad" size="small" />
          <ActionButton action={of("keep")} look="quiet" size="small" />
        </div>
      )}
    </div>
  );
}

const bar = "flex min-h-16 flex-wrap items-center justify-center gap-2 px-4 py-2";
