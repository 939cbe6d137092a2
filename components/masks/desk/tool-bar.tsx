"use client";

import type { Action } from "@/components/actions/action";
import { IconAction } from "./controls";
import type { Drawing } from "./drawing";
import { toolChoices } from "./tool-list";
import { useLook } from "./use-store";

interface ToolBarProps {
  actions: readonly Action[];
  desk: Drawing;
}

/** The tools as a column of icons, with undo and redo at its foot. */
export function ToolBar({ actions, desk }: ToolBarProps) {
  const { tool } = useLook(desk.store, ({ tool, held }) => ({ tool: held ?? tool }));
  const of = (id: string) => actions.find((action) => action.id === id)!;
  return (
    <div
      role="toolbar"
      aria-label="Tools"
      aria-orientation="vertical"
      className="flex w-12 shrink-0 flex-col items-center gap-0.5 overflow-y-auto border-r border-line bg-panel py-1.5 pointer-coarse:w-14"
    >
      {toolChoices.map((choice, index) => (
        <div key={choice.tool} className="contents">
          {index > 0 && choice.group !== toolChoices[index - 1]!.group && (
            <hr className="my-1 w-6 border-line" />
          )}
          <IconAction action={of(`tool-${choice.tool}`)} active={tool === choice.tool} hint={choice.hint} />
        </div>
      ))}
      <hr className="my-1 w-6 border-line" />
      <IconAction action={of("undo")} />
      <IconAction action={of("redo")} />
    </div>
  );
}
