"use client";

import type { Action } from "@/components/actions/action";
import { IconAction } from "./controls";
import type { Drawing } from "./drawing";
import { toolChoices } from "./tool-list";
import { useLook } from "./use-store";

interface ToolBarProps {
  actions: readonly Action[];
  desk: Drawing;
  /** A row over a small canvas in place of a column beside it. */
  flat?: boolean;
}

const shapes = {
  column:
    "flex w-12 shrink-0 flex-col items-center gap-0.5 overflow-y-auto border-r border-line bg-panel py-1.5 pointer-coarse:w-14",
  row: "flex shrink-0 flex-wrap items-center gap-0.5 border-b border-line bg-panel px-1.5 py-1",
};

/** The tools as a column of icons, with undo and redo at its foot. */
export function ToolBar({ actions, desk, flat = false }: ToolBarProps) {
  const { tool } = useLook(desk.store, ({ tool, held }) => ({ tool: held ?? tool }));
  const size = flat ? "size-8!" : "";
  const of = (id: string) => actions.find((action) => action.id === id)!;
  return (
    <div
      role="toolbar"
      aria-label="Tools"
      aria-orientation={flat ? "horizontal" : "vertical"}
      className={shapes[flat ? "row" : "column"]}
    >
      {toolChoices.map((choice, index) => (
        <div key={choice.tool} className="contents">
          {index > 0 && choice.group !== toolChoices[index - 1]!.group && <Line flat={flat} />}
          <IconAction
            action={of(`tool-${choice.tool}`)}
            active={tool === choice.tool}
            hint={choice.hint}
            className={size}
          />
        </div>
      ))}
      <Line flat={flat} />
      <IconAction action={of("undo")} className={size} />
      <IconAction action={of("redo")} className={size} />
    </div>
  );
}

function Line({ flat }: { flat: boolean }) {
  return <hr className={flat ? "mx-1 h-6 w-px border-0 bg-line" : "my-1 w-6 border-line"} />;
}
