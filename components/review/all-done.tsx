"use client";

import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { countOf, formatCount } from "@/components/ui/format";
import { NothingWaits } from "./nothing-waits";
import type { DeskState, ReviewQueue } from "./review-queue";
import type { ReviewFilter } from "./use-review-queue";

interface AllDoneProps {
  queue: ReviewQueue;
  state: DeskState;
  counts: { pending: number; approved: number; rejected: number } | undefined;
  filter: ReviewFilter;
  /** Brings what the reader holds in other windows here. */
  takeMine: () => Promise<void>;
}

/** The end of the queue: what was done, what was skipped, where to go on. */
export function AllDone({ queue, state, counts, filter, takeMine }: AllDoneProps) {
  const items = state.items.filter(({ gone }) => !gone);
  const of = (verdict: string) => items.filter(({ mine }) => mine === verdict).length;
  const firstSkipped = state.items.findIndex(({ mine, gone }) => mine === null && !gone);
  const skipped = items.filter(({ mine }) => mine === null).length;
  const undo = state.decided.length > 0 && (
    <Button onClick={() => queue.undo()}>Undo the last decision</Button>
  );
  if (skipped > 0) {
    return (
      <EmptyState
        title={skipped === 1 ? "One sample was skipped" : `${formatCount(skipped)} samples were skipped`}
        actions={
          <>
            <Button look="primary" onClick={() => queue.show(firstSkipped)}>
              Look at {skipped === 1 ? "it" : "them"} again
            </Button>
            {undo}
          </>
        }
      >
        All others are decided: {of("approve")} approved, {of("reject")} rejected in this sitting.
      </EmptyState>
    );
  }
  if (items.length > 0) {
    return (
      <EmptyState
        title="All reviewed"
        actions={
          <>
            <Link href="/releases" className={buttonClass({ look: "primary" })}>
              Make a release
            </Link>
            {undo}
          </>
        }
      >
        {of("approve")} approved and {of("reject")} rejected in this sitting
        {counts &&
          `; ${countOf(counts.approved, "sample")} ${counts.approved === 1 ? "is" : "are"} approved in all`}
        . What a run makes next appears here by itself.
      </EmptyState>
    );
  }
  return <NothingWaits filter={filter} page="/review" takeMine={takeMine} />;
}
