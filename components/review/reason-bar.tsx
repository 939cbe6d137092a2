import type { RefObject } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { TextInput } from "@/components/ui/field";
import type { RejectDraft } from "./reject-draft";

interface ReasonBarProps {
  actions: readonly Action[];
  draft: RejectDraft;
  onDraft: (draft: RejectDraft) => void;
  noteRef: RefObject<HTMLInputElement | null>;
}

/** Why something is rejected, over the decisions and not in their place: the picture must not move meanwhile. */
export function ReasonBar({ actions, draft, onDraft, noteRef }: ReasonBarProps) {
  const of = (id: string) => actions.find((action) => action.id === id)!;
  return (
    <div
      role="toolbar"
      aria-label="Why is it rejected?"
      className="absolute inset-x-0 bottom-0 flex min-h-16 flex-wrap items-center justify-center gap-2 border-t border-bad/40 bg-panel px-4 py-2"
    >
      <span className="mr-1 font-medium text-bad" role="status">
        Choose why
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
            const send = of("send-rejection");
            if (event.key === "Enter" && send.enabled) send.run();
          }}
        />
      </div>
      <ActionButton action={of("send-rejection")} look="bad" size="small" />
      <ActionButton action={of("keep")} look="quiet" size="small" />
    </div>
  );
}
