"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useActions } from "@/components/actions/use-actions";
import { useSubject } from "@/components/people/presence-provider";
import { imageUrl } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { useToasts } from "@/components/ui/toasts";
import { api, client } from "@/lib/api/client";
import { AllDone } from "./all-done";
import { CompareCanvas, pairKey } from "./compare/compare-canvas";
import type { CompareView } from "./compare/compare-view";
import { createImageCache } from "./compare/image-cache";
import { ModeBar } from "./compare/mode-bar";
import { useCompareState } from "./compare/use-compare-state";
import { DecisionBar } from "./decision-bar";
import { DeskDialogs } from "./desk-dialogs";
import { DeskHeader } from "./desk-header";
import type { RejectDraft } from "./reject-draft";
import { type DeskDialog, reviewActions } from "./review-actions";
import { SampleFacts } from "./sample-facts";
import { SampleText } from "./sample-text";
import { type ReviewFilter, useReviewQueue } from "./use-review-queue";

/** Pairs decoded ahead of the reviewer. */
const decodeAhead = 6;

interface ReviewDeskProps {
  filter: ReviewFilter;
  /** Controls of the header; given how to open who holds what. */
  filters: (openHolders: () => void) => ReactNode;
}

export function ReviewDesk({ filter, filters }: ReviewDeskProps) {
  const { queue, state, takeMine } = useReviewQueue(filter);
  const toasts = useToasts();
  const counts = useQuery(api.samples.counts.queryOptions());
  const allReasons = useQuery(api.review.reasons.queryOptions()).data ?? [];
  const reasons = allReasons.filter(({ deleted }) => !deleted);
  const role = useQuery(api.project.overview.queryOptions()).data?.member.role;
  const mayCurate = role === "owner" || role === "curator";
  const item = state.items[state.index];
  const [compare, setCompare] = useCompareState(item?.sample.id);
  const [drawn, setDrawn] = useState<string | null>(null);
  const [draft, setDraft] = useState<RejectDraft | null>(null);
  const [dialog, setDialog] = useState<DeskDialog | null>(null);
  const [images] = useState(createImageCache);
  const view = useRef<CompareView | null>(null);
  const note = useRef<HTMLInputElement>(null);
  const pair = item && {
    before: imageUrl(item.sample.source.sha256),
    after: imageUrl(item.sample.target.sha256),
  };
  const seen = pair !== undefined && drawn === pairKey(pair.before, pair.after);
  const returned = filter.queue === "returned";
  useSubject(item ? `sample:${item.sample.id}` : null);

  const answer = async () => {
    if (!item) return;
    try {
      await client.review.answerReturn({ id: item.sample.id });
      queue.leave(item.sample.id);
      toasts.say("It waits for reviewers again.");
    } catch (error) {
      toasts.complain(error);
    }
  };

  const plantGold = async (answer: "approve" | "reject") => {
    if (!item) return;
    try {
      await client.review.plantGold({ sampleId: item.sample.id, answer });
      queue.leave(item.sample.id);
      toasts.say(`Planted: the answer is ${answer}.`);
    } catch (error) {
      toasts.complain(error);
    }
  };

  const definitions = reviewActions({
    ...{ queue, state, reasons, compare, setCompare, draft, setDraft, view, returned },
    seen,
    // The field is there only after the draft is.
    writeNote: () => requestAnimationFrame(() => note.current?.focus()),
    openDialog: setDialog,
    answer: () => void answer(),
    plantGold: mayCurate ? (answer) => void plantGold(answer) : undefined,
  });
  const { actions, help, dialog: helpDialog } = useActions("review", definitions);

  // The clock is the external system: looking begins when there is something to see.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each sample is looked at anew
  useEffect(() => {
    if (seen) queue.seen();
  }, [seen, item?.sample.id, queue]);

  // The browser's image cache is.
  useEffect(() => {
    for (const { sample } of state.items.slice(state.index, state.index + 1 + decodeAhead)) {
      for (const image of [sample.source, sample.target, sample.mask]) {
        if (image) images.load(imageUrl(image.sha256)).catch(() => {});
      }
    }
  }, [images, state.items, state.index]);

  // The server is: samples that a run has made meanwhile.
  const pending = counts.data?.pending ?? 0;
  const known = useRef(pending);
  useEffect(() => {
    if (pending > known.current && queue.state().exhausted) void queue.more();
    known.current = pending;
  }, [pending, queue]);

  return (
    <div className="flex h-full min-h-[32rem] flex-col">
      <DeskHeader
        state={state}
        counts={counts.data}
        filters={filters(() => setDialog("holders"))}
        help={help}
        onKept={() => setDialog("kept")}
      />
      {item && pair ? (
        <>
          <SampleText item={item} />
          <div className="flex min-h-0 flex-1 max-md:flex-col">
            <div className="relative flex min-h-0 min-w-0 flex-1 flex-col bg-canvas p-2 pb-0">
              <CompareCanvas
                {...pair}
                mask={item.sample.mask && imageUrl(item.sample.mask.sha256)}
                images={images}
                state={compare}
                label={`Before: ${item.sample.sourceCaption} After: ${item.sample.targetCaption}`}
                viewRef={view}
                drawn={drawn}
                onDrawn={setDrawn}
              />
              <ModeBar compare={compare} actions={actions} hasMask={item.sample.mask !== null} />
            </div>
            <SampleFacts item={item} actions={actions} />
          </div>
          <DecisionBar
            actions={actions}
            draft={draft}
            onDraft={setDraft}
            noteRef={note}
            returned={returned}
          />
        </>
      ) : (
        <div className="flex flex-1 items-center justify-center p-8">
          {state.loadError ? (
            <Problem error={state.loadError} onRetry={() => void queue.more()} />
          ) : state.exhausted ? (
            <AllDone queue={queue} state={state} counts={counts.data} filter={filter} takeMine={takeMine} />
          ) : (
            <Loading label="Loading samples">
              <div className="flex flex-wrap gap-4">
                <Skeleton className="size-72" />
                <Skeleton className="size-72" />
              </div>
            </Loading>
          )}
        </div>
      )}
      <DeskDialogs
        dialog={dialog}
        item={item}
        queue={queue}
        state={state}
        labelOf={(key) => allReasons.find((one) => one.key === key)?.label ?? key}
        onClose={() => setDialog(null)}
      />
      {helpDialog}
    </div>
  );
}
