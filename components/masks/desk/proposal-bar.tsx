"use client";

import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import type { Drawing } from "./drawing";
import { useLook, useStoreState } from "./use-store";

/** What the segmenter proposes: alternatives, and the ways to take it. Floats over the canvas. */
export function ProposalBar({ desk }: { desk: Drawing }) {
  const { segmenter } = desk;
  const state = useStoreState(segmenter);
  const { hasProposal } = useLook(desk.store, ({ hasProposal }) => ({ hasProposal }));
  const { answers, chosen, found, taken, problem, latencyMs, asking } = state;
  if (!hasProposal && !problem && !asking && found.length === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label="Proposal"
      className="absolute bottom-3 left-1/2 z-10 flex max-w-[calc(100%-1.5rem)] -translate-x-1/2 flex-wrap items-center justify-center gap-1.5 rounded-lg border border-line bg-panel p-1.5 shadow-lg"
    >
      {asking && !hasProposal && (
        <span role="status" className="px-2 text-[13px] text-ink-soft">
          Asking…
        </span>
      )}
      {problem && (
        <span role="alert" className="max-w-md px-2 text-[13px] text-bad">
          {problem}
        </span>
      )}
      {answers.length > 1 && (
        <span className="flex gap-0.5 border-r border-line pr-1.5">
          {answers.map((answer, index) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: alternatives are told apart by their rank alone
              key={index}
              type="button"
              aria-pressed={index === chosen}
              aria-label={`Alternative ${index + 1}, estimated quality ${Math.round(answer.quality * 100)} %`}
              title={`The model's own estimate of its overlap with the object: ${Math.round(answer.quality * 100)} %`}
              onClick={() => segmenter.choose(index)}
              onMouseDown={(event) => event.preventDefault()}
              className={classNames(
                "h-7 rounded px-2 text-[13px] tabular-nums",
                index === chosen ? "bg-accent-soft text-accent" : "text-ink-soft hover:bg-sunken",
              )}
            >
              {Math.round(answer.quality * 100)}
            </button>
          ))}
        </span>
      )}
      {found.length > 0 && (
        <span className="flex max-w-xl flex-wrap gap-1 border-r border-line pr-1.5">
          {found.slice(0, 8).map((object, index) => (
            <button
              key={`${object.box.x}/${object.box.y}/${object.box.width}/${object.query}`}
              type="button"
              aria-pressed={taken.has(index)}
              onClick={() => segmenter.toggleFound(index)}
              onMouseDown={(event) => event.preventDefault()}
              className={classNames(
                "h-7 rounded border px-2 text-[13px]",
                taken.has(index)
                  ? "border-accent bg-accent-soft text-accent"
                  : "border-line text-ink-soft hover:border-line-strong",
              )}
            >
              {object.query} {Math.round(object.score * 100)}
            </button>
          ))}
        </span>
      )}
      {hasProposal && (
        <>
          <Button size="small" look="primary" onClick={() => segmenter.accept("union")}>
            Add
          </Button>
          <Button size="small" onClick={() => segmenter.accept("subtract")}>
            Subtract
          </Button>
          <Button size="small" onClick={() => segmenter.accept("intersect")}>
            Intersect
          </Button>
          <Button size="small" onClick={() => segmenter.accept("replace")}>
            Replace
          </Button>
        </>
      )}
      {(hasProposal || problem || found.length > 0) && (
        <Button size="small" look="quiet" onClick={segmenter.clear}>
          Drop
        </Button>
      )}
      {latencyMs !== null && hasProposal && (
        <span
          className="px-1 text-xs text-ink-soft tabular-nums"
          title="From the click to the proposal on screen"
        >
          {Math.round(latencyMs)} ms
        </span>
      )}
    </div>
  );
}
