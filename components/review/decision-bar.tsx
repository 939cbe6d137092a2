import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { classNames } from "@/components/ui/class-names";

/** The decisions as buttons; while rejecting, the reasons over them. */
export function DecisionBar({ actions, rejecting }: { actions: readonly Action[]; rejecting: boolean }) {
  const of = (id: string) => actions.find((action) => action.id === id)!;
  return (
    <div className="relative border-t border-line bg-panel">
      <div role="toolbar" aria-label="Decision" className={classNames(bar, rejecting && "invisible")}>
        <ActionButton action={of("previous")} look="quiet" />
        <ActionButton action={of("reject")} look="bad" size="large" className="min-w-36" />
        <ActionButton action={of("approve")} look="good" size="large" className="min-w-36" />
        <ActionButton action={of("skip")} look="quiet" />
        <ActionButton action={of("undo")} look="quiet" />
      </div>
      {rejecting && (
        // Over the bar and not in its place: the picture must not move while a reason is chosen.
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
            .map((action) => (
              <ActionButton key={action.id} action={action} look="bad" size="small" />
            ))}
          <ActionButton action={of("no-reason")} size="small" />
          <ActionButton action={of("keep")} look="quiet" size="small" />
        </div>
      )}
    </div>
  );
}

const bar = "flex min-h-16 flex-wrap items-center justify-center gap-2 px-4 py-2";
