"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { useToasts } from "@/components/ui/toasts";
import { client } from "@/lib/api/client";
import type { EditType } from "@/lib/domain/edit-types";
import { createReviewQueue, type DeskState, type ReviewQueue } from "./review-queue";

export interface ReviewFilter {
  runId: string | null;
  editType: EditType | null;
}

const pageSize = 24;

/** A desk for the samples of a filter. Give the component that calls this the filter as its `key`. */
export function useReviewQueue({ runId, editType }: ReviewFilter): { queue: ReviewQueue; state: DeskState } {
  const toasts = useToasts();
  const [queue] = useState(() =>
    createReviewQueue(
      {
        queue: (cursor) =>
          client.samples.queue({
            limit: pageSize,
            ...(cursor && { cursor }),
            ...(runId && { runId }),
            ...(editType && { editType }),
          }),
        decide: (input) => client.samples.decide(input),
        undo: (input) => client.samples.undo(input),
        get: (id) => client.samples.get({ id }),
      },
      {
        onRefused: (error, show) => toasts.complain(error, { label: "Show the sample", run: show }),
        now: () => Date.now(),
      },
    ),
  );
  const state = useSyncExternalStore(queue.subscribe, queue.state, queue.state);

  // The server is the external system: the first page.
  useEffect(() => {
    if (queue.state().items.length === 0) void queue.more();
  }, [queue]);

  // The browser is: it must not close on a decision that is still being sent.
  const saving = state.items.some((item) => item.saving);
  useEffect(() => {
    if (!saving) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [saving]);

  return { queue, state };
}
