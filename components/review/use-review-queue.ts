"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { errorText } from "@/components/ui/problem";
import { useToasts } from "@/components/ui/toasts";
import { client } from "@/lib/api/client";
import type { DrawOrder } from "@/lib/api/contract/review";
import type { EditType } from "@/lib/domain/edit-types";
import { createDeskClaims } from "./desk-claims";
import { readKeptChoices, writeKeptChoices } from "./kept-choices";
import { readDecided, writeDecided } from "./kept-decided";
import { createReviewQueue, type DeskState, type ReviewQueue } from "./review-queue";

export type QueueKind = "review" | "adjudication" | "audit" | "returned";

export interface ReviewFilter {
  runId: string | null;
  editType: EditType | null;
  order: DrawOrder;
  queue: QueueKind;
  blind: boolean;
}

/** Leases are prolonged this often; they run for minutes. */
const renewMs = 60_000;

/**
 * A desk for the samples of a filter, claiming `chunk` at a time. Give the component that calls this the filter as
 * its `key`.
 */
export function useReviewQueue(
  filter: ReviewFilter,
  chunk = 12,
): { queue: ReviewQueue; state: DeskState; takeMine: () => Promise<void> } {
  const toasts = useToasts();
  const [claims] = useState(createDeskClaims);
  const [queue] = useState(() => {
    let returnedCursor: string | undefined;
    return createReviewQueue(
      {
        async claim() {
          const { runId, editType, order, blind } = filter;
          if (filter.queue === "returned") {
            const page = await client.review.returned({ ...(returnedCursor && { cursor: returnedCursor }) });
            returnedCursor = page.nextCursor ?? undefined;
            const items = page.items.map((sample) => ({
              ...{ sample, assignmentId: "", leaseUntil: new Date(), blind: false },
              purpose: "review" as const,
            }));
            return { items, exhausted: page.nextCursor === null };
          }
          const claimed = await client.review.claim({
            ...{ limit: chunk, order, purpose: filter.queue, blind },
            ...(runId && { runId }),
            ...(editType && { editType }),
          });
          claims.hold(claimed.items);
          return claimed;
        },
        decide: (input) => client.review.decide(input),
        undo: (sampleId) => client.review.undo({ sampleId }),
        open: (id) => client.review.open({ id }),
        async held(id) {
          const { items } = await client.review.mine();
          const claim = items.find(({ sample }) => sample.id === id) ?? null;
          if (claim) claims.hold([claim]);
          return claim;
        },
      },
      {
        onRefused: (error, show) =>
          toasts.complain(error, show ? { label: "Show the sample", run: show } : undefined),
        explain: errorText,
        now: () => Date.now(),
        kept: readKeptChoices(),
        decided: readDecided(),
      },
    );
  });
  const state = useSyncExternalStore(queue.subscribe, queue.state, queue.state);

  // The other windows are.
  useEffect(() => claims.listen(), [claims]);

  // The server is the external system: the first claim, after what the page before it held is given back.
  useEffect(() => {
    if (queue.state().items.length === 0) void claims.releaseLeftovers().then(() => queue.more());
    const leave = () => {
      const decided = new Set(
        queue
          .state()
          .items.filter(({ mine }) => mine)
          .map((item) => item.assignmentId),
      );
      for (const id of decided) if (id) claims.drop(id);
      claims.releaseAll();
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [queue, claims]);

  // And the leases, which run while somebody thinks.
  useEffect(() => {
    const renew = () => {
      const open = queue
        .state()
        .items.flatMap(({ mine, gone, assignmentId }) =>
          assignmentId && mine === null && !gone ? [assignmentId] : [],
        );
      if (open.length > 0) client.review.renew({ assignmentIds: open }).catch(() => {});
    };
    const timer = setInterval(renew, renewMs);
    return () => clearInterval(timer);
  }, [queue]);

  // The browser's storage is: refused choices outlive the page.
  useEffect(() => writeKeptChoices(state.kept), [state.kept]);

  // And so does undo.
  useEffect(() => writeDecided(state.decided), [state.decided]);

  // The browser is: it must not close on a decision that is still being sent.
  const saving = state.items.some((item) => item.saving);
  useEffect(() => {
    if (!saving) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [saving]);

  const takeMine = async () => {
    try {
      const { items } = await client.review.mine();
      claims.hold(items);
      queue.add(items);
    } catch (error) {
      toasts.complain(error);
    }
  };
  return { queue, state, takeMine };
}
