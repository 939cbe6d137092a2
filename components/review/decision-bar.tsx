import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";

/** The decisions as buttons; while rejecting, the reasons in their place. */
export function DecisionBar({ actions, rejecting }: { actions: readonly Action[]; rejecting: boolean }) {
  const of = (id: string) => actions.find((action) => action.id === id)!;
  return (
    <div
      role="toolbar"
      aria-label={rejecting ? "Why is it rejected?" : "Decision"}
      className="flex min-h-16 flex-wrap items-center justify-center gap-2 border-t border-line bg-panel px-4 py-2"
    >
      {rejecting ? (
        <>
          <span className="mr-1 font-medium text-bad" role="status">
            Why?
          </span>
          {actions
            .filter(({ id }) => id.startsWith("reason-"))
            .map((action) => (
              <ActionButton key={action.id} action={action} look="bad" size="small" />
            ))}
          <ActionButton action={of("no-reason")} size="small" />
          <ActionButton action={of("keep")} look="quiet" size="small" />
        </>
      ) : (
        <>
          <ActionButton action={of("previous")} look="quiet" />
          <ActionButton action={of("reject")} look="bad" size="large" className="min-w-36" />
          <ActionButton action={of("approve")} look="good" size="large" className="min-w-36" />
          <ActionButton action={of("skip")} look="quiet" />
          <ActionButton action={of("undo")} look="quiet" />
        </>
      )}
    </div>
  );
}
