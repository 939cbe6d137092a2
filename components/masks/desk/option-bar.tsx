"use client";

import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import type { CombineMode } from "@/lib/domain/masks/combine-masks";
import { Check, Segments, Slider } from "./controls";
import type { Drawing } from "./drawing";
import { toolChoice } from "./tool-list";
import { useLook, useStoreState } from "./use-store";

interface OptionBarProps {
  desk: Drawing;
  textRef: RefObject<HTMLInputElement | null>;
  /** Why the segmenter cannot answer now; null while it can. */
  offline: string | null;
}

const combineChoices: readonly { value: CombineMode; label: string; hint: string }[] = [
  { value: "union", label: "Add", hint: "The shape joins the mask" },
  { value: "subtract", label: "Subtract", hint: "The shape is taken off the mask" },
  { value: "intersect", label: "Intersect", hint: "Only what lies in the shape stays" },
  { value: "replace", label: "Replace", hint: "The shape becomes the mask" },
];

/** The settings of the tool in hand. */
export function OptionBar({ desk, textRef, offline }: OptionBarProps) {
  const { editor, store } = desk;
  const look = useLook(store, ({ tool, brush, wand, combine }) => ({ tool, brush, wand, combine }));
  const { tool } = look;
  const choice = toolChoice(tool);
  const set = (change: () => void) => {
    change();
    store.refresh();
  };
  const paints = tool === "brush" || tool === "eraser";
  const shapes = ["rectangle", "ellipse", "polygon", "lasso", "wand", "bucket"].includes(tool);
  const segments = tool === "points" || tool === "box";
  return (
    <section
      aria-label={`Settings of the tool: ${choice.label}`}
      className="flex h-11 shrink-0 items-center gap-4 overflow-x-auto border-b border-line bg-panel px-3"
    >
      <span className="shrink-0 font-medium">{choice.label}</span>
      {paints && (
        <>
          <Slider
            label="Size"
            unit="px"
            min={1}
            max={1024}
            curved
            value={Math.min(1024, look.brush.size)}
            onChange={(size) => set(() => editor.setBrush({ size }))}
            className="w-52 shrink-0"
          />
          <Slider
            label="Hardness"
            min={0}
            max={1}
            step={0.05}
            value={look.brush.hardness}
            text={`${Math.round(look.brush.hardness * 100)} %`}
            onChange={(hardness) => set(() => editor.setBrush({ hardness }))}
            className="w-48 shrink-0"
          />
          <Slider
            label="Steady"
            min={0}
            max={1}
            step={0.05}
            value={look.brush.stabiliser}
            text={`${Math.round(look.brush.stabiliser * 100)} %`}
            onChange={(stabiliser) => set(() => editor.setBrush({ stabiliser }))}
            className="w-44 shrink-0"
          />
          <Check
            label="Pressure"
            title="A pen's pressure scales the size"
            checked={look.brush.pressure}
            onChange={(pressure) => set(() => editor.setBrush({ pressure }))}
          />
        </>
      )}
      {shapes && (
        <Segments
          label="What the shape does"
          choices={combineChoices}
          value={look.combine}
          onChange={(mode) => set(() => editor.setCombine(mode))}
        />
      )}
      {tool === "wand" && (
        <>
          <Slider
            label="Tolerance"
            min={0}
            max={128}
            value={look.wand.tolerance}
            onChange={(tolerance) => set(() => editor.setWand({ tolerance }))}
            className="w-52 shrink-0"
          />
          <Check
            label="Connected only"
            checked={look.wand.contiguous}
            onChange={(contiguous) => set(() => editor.setWand({ contiguous }))}
          />
        </>
      )}
      {segments && <SegmentOptions desk={desk} textRef={textRef} offline={offline} />}
      {!paints && !segments && <span className="truncate text-[13px] text-ink-soft">{choice.hint}</span>}
    </section>
  );
}

function SegmentOptions({ desk, textRef, offline }: OptionBarProps) {
  const [text, setText] = useState("");
  const { asking, prepared } = useStoreState(desk.segmenter);
  const { tool } = useLook(desk.store, ({ tool }) => ({ tool }));
  // An answer says more than what was heard a while ago.
  const problem = prepared === "yes" ? null : offline;
  return (
    <>
      <form
        className="flex shrink-0 gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) desk.segmenter.find(text.trim());
          textRef.current?.blur();
        }}
      >
        <input
          ref={textRef}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          aria-label="Find by text"
          placeholder="or find by text: the red car"
          className="h-7 w-56 rounded-md border border-line-strong/60 bg-panel px-2 text-[13px] placeholder:text-ink-soft"
        />
        <Button size="small" type="submit" disabled={!text.trim() || asking}>
          Find
        </Button>
      </form>
      <span role="status" title={problem ?? undefined} className="truncate text-[13px] text-ink-soft">
        {problem ??
          (asking
            ? "Asking…"
            : prepared === "preparing"
              ? "Preparing the image for clicks…"
              : toolChoice(tool).hint)}
      </span>
    </>
  );
}
