"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { countOf, formatCount } from "@/components/ui/format";
import { api } from "@/lib/api/client";
import type { ReviewFilter } from "./use-review-queue";

interface NothingWaitsProps {
  filter: ReviewFilter;
  page: "/review" | "/review/batch";
  /** Brings what the reader holds in other windows here. */
  takeMine: () => Promise<void>;
}

const nothing = {
  adjudication: "No disagreement waits",
  audit: "No audit waits",
  returned: "Nothing was sent back to you",
} as const;

/** Why the desk got no sample: others have them, another window has, the filter lets none through, or there are none. */
export function NothingWaits({ filter, page, takeMine }: NothingWaitsProps) {
  const holders = useQuery(api.review.holders.queryOptions()).data ?? [];
  const filtered = filter.runId !== null || filter.editType !== null;
  const elsewhere = holders.find(({ mine }) => mine)?.held ?? 0;
  if (filter.queue === "returned") {
    return <EmptyState title={nothing.returned}>Samples appear here when there are any.</EmptyState>;
  }
  if (elsewhere > 0) {
    return (
      <EmptyState
        title={`Your other window has ${countOf(elsewhere, "sample")}`}
        actions={
          <Button look="primary" onClick={() => void takeMine()}>
            Take over
          </Button>
        }
      >
        Another window of yours has {elsewhere === 1 ? "it" : "them"}, or had when it was closed; nothing else
        waits here.
      </EmptyState>
    );
  }
  if (filter.queue !== "review") {
    return <EmptyState title={nothing[filter.queue]}>Samples appear here when there are any.</EmptyState>;
  }
  const others = holders.reduce((sum, { held }) => sum + held, 0);
  if (others > 0 && !filtered) {
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
          <Link href={page} className={buttonClass({ look: "primary" })}>
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
        ? "No sample of this run and edit type waits for a decision of yours."
        : "Runs draw candidates and keep the best as samples. They appear here the moment they are made."}
    </EmptyState>
  );
}
