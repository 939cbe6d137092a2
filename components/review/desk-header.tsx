import type { ReactNode } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format";
import { decisionsPerMinute } from "./pace";
import type { DeskState } from "./review-queue";

interface DeskHeaderProps {
  state: DeskState;
  counts: { pending: number; approved: number; rejected: number } | undefined;
  filters: ReactNode;
  help: Action;
  onKept: () => void;
}

/** Filters, how much is left and how fast it goes. */
export function DeskHeader({ state, counts, filters, help, onKept }: DeskHeaderProps) {
  const pace = decisionsPerMinute(state.decidedAt);
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-panel px-5 py-2.5">
      <h1 className="text-lg font-semibold max-md:sr-only">Review</h1>
      <div className="flex flex-wrap items-center gap-2">{filters}</div>
      <p role="status" className="ml-auto text-[13px] text-ink-soft tabular-nums">
        {state.decidedAt.length > 0 && `${formatCount(state.decidedAt.length)} decided in this sitting`}
        {pace !== null && `, ${Math.round(pace)} a minute`}
        {counts && state.decidedAt.length > 0 && " · "}
        {counts && `${formatCount(counts.pending)} waiting`}
      </p>
      {state.kept.length > 0 && (
        <Button size="small" look="bad" onClick={onKept}>
          {state.kept.length === 1 ? "1 choice not taken" : `${state.kept.length} choices not taken`}
        </Button>
      )}
      <ActionButton action={help} look="quiet" size="small" />
    </header>
  );
}
