"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format";
import { api } from "@/lib/api/client";
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

const nothing = {
  adjudication: "No disagreement waits",
  audit: "No audit waits",
  returned: "Nothing was sent back to you",
} as const;

/** The end of the queue: what was done, what was skipped, where to go on. */
export function AllDone({ queue, state, counts, filter, takeMine }: AllDoneProps) {
  const holders = useQuery(api.review.holders.queryOptions()).data ?? [];
  const filtered = filter.runId !== null || filter.editType !== null;
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
        {counts && `; ${formatCount(counts.approved)} samples are approved in all`}. What a run makes next
        appears here by itself.
      </EmptyState>
    );
  }
  if (filter.queue !== "review") {
    return <EmptyState title={nothing[filter.queue]}>Samples appear here when there are any.</EmptyState>;
  }
  const elsewhere = holders.find(({ mine }) => mine)?.held ?? 0;
  if (elsewhere > 0) {
    return (
      <EmptyState
        title={elsewhere === 1 ? "You hold one sample elsewhere" : `You hold ${elsewhere} samples elsewhere`}
        actions={
          <Button look="primary" onClick={() => void takeMine()}>
            Bring {elsewhere === 1 ? "it" : "them"} here
          </Button>
        }
      >
        Another window of yours has {elsewhere === 1 ? "it" : "them"}; nothing else waits.
      </EmptyState>
    );
  }
  const others = holders.reduce((sum, { held }) => sum + held, 0);
  if (others > 0) {
    return (
      <EmptyState title="Others have the rest">
        {others === 1 ? "The last sample is" : `The last ${formatCount(others)} samples are`} in the hands of{" "}
        {holders.map(({ name }) => name).join(", ")}.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={filtered ? "Nothing waits here" : "Nothing to review yet"}
      actions={
        filtered ? (
          <Link href="/review" className={buttonClass({ look: "primary" })}>
            Show all samples
          </Link>
        ) : (
          <Link href="/runs" className={buttonClass({ look: "primary" })}>
            See the runs
          </Link>
        )
      }
    >
      {filtered
        ? "No sample of this run and edit type waits for a decision."
        : "Runs draw candidates and keep the best as samples. They appear here the moment they are made."}
    </EmptyState>
  );
}
