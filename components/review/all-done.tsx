import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format";
import type { DeskState, ReviewQueue } from "./review-queue";

interface AllDoneProps {
  queue: ReviewQueue;
  state: DeskState;
  counts: { pending: number; approved: number; rejected: number } | undefined;
  filtered: boolean;
}

/** The end of the queue: what was done, what was skipped, where to go on. */
export function AllDone({ queue, state, counts, filtered }: AllDoneProps) {
  const of = (wanted: string) => state.items.filter(({ sample }) => sample.state === wanted).length;
  const firstSkipped = state.items.findIndex(({ sample }) => sample.state === "pending");
  const skipped = of("pending");
  const undo = state.undoable > 0 && <Button onClick={() => queue.undo()}>Undo the last decision</Button>;
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
        All others are decided: {of("approved")} approved, {of("rejected")} rejected in this sitting.
      </EmptyState>
    );
  }
  if (state.items.length > 0) {
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
        {of("approved")} approved and {of("rejected")} rejected in this sitting
        {counts && `; ${formatCount(counts.approved)} samples are approved in all`}. What a run makes next
        appears here by itself.
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
