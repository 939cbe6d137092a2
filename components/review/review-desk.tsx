"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useHelp } from "@/components/actions/use-help";
import { useShortcuts } from "@/components/actions/use-shortcuts";
import { imageUrl } from "@/components/ui/picture";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { AllDone } from "./all-done";
import { CompareCanvas } from "./compare/compare-canvas";
import type { CompareState, CompareView } from "./compare/compare-view";
import { createImageCache } from "./compare/image-cache";
import { ModeBar } from "./compare/mode-bar";
import { DecisionBar } from "./decision-bar";
import { DeskHeader } from "./desk-header";
import { reviewActions } from "./review-actions";
import { SampleFacts } from "./sample-facts";
import { SampleText } from "./sample-text";
import { type ReviewFilter, useReviewQueue } from "./use-review-queue";

/** Pairs decoded ahead of the reviewer. */
const decodeAhead = 6;

export function ReviewDesk({ filter, filters }: { filter: ReviewFilter; filters: ReactNode }) {
  const { queue, state } = useReviewQueue(filter);
  const counts = useQuery(api.samples.counts.queryOptions());
  const [compare, setCompare] = useState<CompareState>({ mode: "side", showing: "after" });
  const [rejecting, setRejecting] = useState(false);
  const [images] = useState(createImageCache);
  const view = useRef<CompareView | null>(null);
  const item = state.items[state.index];

  const actions = reviewActions({ queue, state, compare, setCompare, rejecting, setRejecting, view });
  const { help, dialog } = useHelp(actions);
  useShortcuts([...actions, help]);

  // The browser's image cache is the external system.
  useEffect(() => {
    for (const { sample } of state.items.slice(state.index, state.index + 1 + decodeAhead)) {
      for (const { sha256 } of [sample.source, sample.target]) {
        images.load(imageUrl(sha256)).catch(() => {});
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
      <DeskHeader state={state} counts={counts.data} filters={filters} help={help} />
      {item ? (
        <>
          <SampleText item={item} />
          <div className="flex min-h-0 flex-1">
            <div className="relative min-w-0 flex-1 bg-canvas p-2">
              <CompareCanvas
                before={imageUrl(item.sample.source.sha256)}
                after={imageUrl(item.sample.target.sha256)}
                images={images}
                state={compare}
                label={`Before: ${item.sample.sourceCaption} After: ${item.sample.targetCaption}`}
                viewRef={view}
              />
              <ModeBar compare={compare} onChange={setCompare} onFit={() => view.current?.fit()} />
            </div>
            <SampleFacts sample={item.sample} />
          </div>
          <DecisionBar actions={actions} rejecting={rejecting} />
        </>
      ) : (
        <div className="flex flex-1 items-center justify-center p-8">
          {state.loadError ? (
            <Problem error={state.loadError} onRetry={() => void queue.more()} />
          ) : state.exhausted ? (
            <AllDone queue={queue} state={state} counts={counts.data} filtered={isFiltered(filter)} />
          ) : (
            <Loading label="Loading samples">
              <div className="flex gap-4">
                <Skeleton className="size-72" />
                <Skeleton className="size-72" />
              </div>
            </Loading>
          )}
        </div>
      )}
      {dialog}
    </div>
  );
}

function isFiltered({ runId, editType }: ReviewFilter): boolean {
  return runId !== null || editType !== null;
}
