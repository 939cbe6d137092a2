"use client";

import { useEffect, useRef } from "react";
import { useActions } from "@/components/actions/use-actions";
import { Problem } from "@/components/ui/problem";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import type { Drawing } from "../desk/drawing";
import { OptionBar } from "../desk/option-bar";
import { ProposalBar } from "../desk/proposal-bar";
import { ToolBar } from "../desk/tool-bar";
import { useLook } from "../desk/use-store";
import { padActions } from "./pad-actions";
import { type PadUse, usePad } from "./use-pad";

interface MaskPadProps extends PadUse {
  /** What Escape does once nothing unfinished is left. */
  onLeave: () => void;
  className?: string;
}

/** A small mask desk in a form, with the desk's tools and keys. The mask is its owner's to keep. */
export function MaskPad({ onLeave, className, ...use }: MaskPadProps) {
  const container = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLInputElement>(null);
  const { drawing, error } = usePad(container, use);
  return (
    <section aria-label="Region" className={className}>
      {drawing && <PadControls {...{ drawing, container, text, onLeave }} />}
      <div className="relative min-h-0 flex-1 bg-canvas">
        {/* Named and drawn by the editor. */}
        <div
          ref={container}
          className="absolute inset-0 [&_:focus-visible]:outline-1 [&_:focus-visible]:-outline-offset-1"
          data-testid="mask-canvas"
        />
        {drawing && <ProposalBar desk={drawing} />}
        {!drawing && !error && (
          <Loading label="Loading the image">
            <Skeleton className="absolute inset-4" />
          </Loading>
        )}
        {Boolean(error) && (
          <div className="absolute inset-0 flex items-center justify-center bg-page p-4">
            <Problem error={error} />
          </div>
        )}
      </div>
    </section>
  );
}

interface PadControlsProps {
  drawing: Drawing;
  container: React.RefObject<HTMLDivElement | null>;
  text: React.RefObject<HTMLInputElement | null>;
  onLeave: () => void;
}

function PadControls({ drawing, container, text, onLeave }: PadControlsProps) {
  const look = useLook(drawing.store, ({ history, hasProposal, shownLayer }) => ({
    undo: history.undo,
    redo: history.redo,
    hasProposal,
    shownLayer,
  }));
  // The editor is the external system: with these controls there, its canvas has its size.
  useEffect(() => drawing.editor.fit(), [drawing]);
  const findText = () => {
    drawing.editor.setTool("points");
    drawing.store.refresh();
    // The field is there once the tool's settings are.
    setTimeout(() => text.current?.focus(), 50);
  };
  const { actions, dialog } = useActions(
    "masks",
    padActions({ desk: drawing, look, leave: onLeave }, findText),
    container,
  );
  return (
    <>
      <ToolBar actions={actions} desk={drawing} flat />
      <OptionBar desk={drawing} textRef={text} offline={null} />
      {dialog}
    </>
  );
}
