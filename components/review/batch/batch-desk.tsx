"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { ActionButton } from "@/components/actions/action-button";
import { useActions } from "@/components/actions/use-actions";
import { classNames } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { FilterBar } from "../filter-bar";
import { NothingWaits } from "../nothing-waits";
import { ReasonBar } from "../reason-bar";
import type { RejectDraft } from "../reject-draft";
import { batchActions } from "./batch-actions";
import { BatchCell } from "./batch-cell";
import { emptySelection, extendTo, type GridSelection, toggleCell } from "./grid-selection";
import { type BatchFilter, useBatch } from "./use-batch";

const cellWidth = 190;
const shownActions = ["approve", "reject", "approve-rest", "undo", "showing", "next-sheet"];

/** A grid to sweep fifty samples at a time. */
export function BatchDesk({ filter }: { filter: BatchFilter }) {
  const { sheet, load, decide, undo, takeMine } = useBatch(filter);
  const counts = useQuery(api.samples.counts.queryOptions());
  const reasons = useQuery(api.review.reasons.queryOptions()).data ?? [];
  const [selection, setSelection] = useState<GridSelection>(emptySelection);
  const [showing, setShowing] = useState<"after" | "before" | "both">("both");
  const [draft, setDraft] = useState<RejectDraft | null>(null);
  const note = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(5);

  // The width of the window is the external system.
  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setColumns(Math.max(2, Math.floor(element.clientWidth / cellWidth))),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const pick = useCallback((index: number, how: "only" | "toggle" | "extend") => {
    setSelection((now) =>
      how === "toggle"
        ? toggleCell(now, index)
        : how === "extend"
          ? extendTo(now, index)
          : { cursor: index, anchor: index, chosen: new Set() },
    );
  }, []);

  const { actions, help, dialog } = useActions(
    "review-batch",
    batchActions({
      ...{ sheet, columns, selection, setSelection, showing, setShowing, draft, setDraft },
      // The field is there only after the draft is.
      writeNote: () => requestAnimationFrame(() => note.current?.focus()),
      reasons: reasons.filter(({ deleted }) => !deleted),
      decide: (cells, decision) => void decide(cells, decision),
      undo: () => void undo(),
      load: () => {
        setSelection(emptySelection);
        void load();
      },
    }),
  );
  const done = sheet.cells.filter(({ mine }) => mine !== null).length;

  return (
    <div className="flex h-full min-h-[32rem] flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-panel px-5 py-2.5">
        <h1 className="text-lg font-semibold max-md:sr-only">Review</h1>
        <div className="flex flex-wrap items-center gap-2">
          <FilterBar filter={filter} page="/review/batch" />
        </div>
        <p role="status" className="ml-auto text-[13px] text-ink-soft tabular-nums">
          {sheet.cells.length > 0 && `${done} of ${sheet.cells.length} decided`}
          {counts.data && (
            <span className={sheet.cells.length > 0 ? "max-2xl:hidden" : ""}>
              {sheet.cells.length > 0 && " · "}
              {formatCount(counts.data.pending)} waiting
            </span>
          )}
        </p>
        <ActionButton action={help} look="quiet" size="small" />
      </header>
      <div ref={grid} className="min-h-0 flex-1 overflow-y-auto p-4">
        {sheet.loading && (
          <Loading label="Loading samples">
            <div className="grid grid-cols-5 gap-2">
              {Array.from({ length: 10 }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: all alike
                <Skeleton key={index} className="h-40" />
              ))}
            </div>
          </Loading>
        )}
        {sheet.error !== null && <Problem error={sheet.error} onRetry={() => void load()} />}
        {!sheet.loading && sheet.error === null && sheet.cells.length === 0 && (
          <div className="flex h-full items-center justify-center">
            <NothingWaits filter={filter} page="/review/batch" takeMine={takeMine} />
          </div>
        )}
        <div
          role="listbox"
          aria-label="Samples"
          aria-multiselectable
          className="grid gap-2"
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {sheet.cells.map((cell, index) => (
            <BatchCell
              key={cell.claim.assignmentId}
              cell={cell}
              index={index}
              current={index === selection.cursor}
              chosen={selection.chosen.has(index)}
              showing={showing}
              onPick={pick}
            />
          ))}
        </div>
      </div>
      <div className="relative border-t border-line bg-panel">
        <div
          role="toolbar"
          aria-label="Decision"
          className={classNames(
            "flex min-h-16 flex-wrap items-center justify-center gap-2 px-4 py-2",
            draft && "invisible",
          )}
        >
          {actions
            .filter(({ id }) => shownActions.includes(id))
            .map((action) => (
              <ActionButton
                key={action.id}
                action={action}
                look={action.id === "approve" ? "good" : action.id === "reject" ? "bad" : "quiet"}
              />
            ))}
        </div>
        {draft && <ReasonBar {...{ actions, draft }} onDraft={setDraft} noteRef={note} />}
      </div>
      {dialog}
    </div>
  );
}
