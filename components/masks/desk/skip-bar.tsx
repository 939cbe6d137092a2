import { useState } from "react";
import type { Action } from "@/components/actions/action";
import { ActionButton } from "@/components/actions/action-button";
import { Button } from "@/components/ui/button";

interface SkipBarProps {
  actions: readonly Action[];
  onOther: (reason: string) => void;
}

/** Why a region is passed over: one key, or words. Lies over the foot of the canvas, which stays in place. */
export function SkipBar({ actions, onOther }: SkipBarProps) {
  const [text, setText] = useState("");
  return (
    <div
      role="toolbar"
      aria-label="Why is it skipped?"
      className="absolute inset-x-0 bottom-0 z-20 flex flex-wrap items-center justify-center gap-2 border-t border-warn/50 bg-panel px-4 py-2.5"
    >
      <span role="status" className="font-medium text-warn">
        Skip, because…
      </span>
      {actions
        .filter(({ id }) => /^skip-\d$/.test(id))
        .map((action) => (
          <ActionButton key={action.id} action={action} size="small" />
        ))}
      <form
        className="flex gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) onOther(text.trim());
        }}
      >
        <input
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          maxLength={500}
          aria-label="Another reason"
          placeholder="Another reason"
          className="h-7 w-44 rounded-md border border-line-strong/60 bg-panel px-2 text-[13px]"
        />
        <Button size="small" type="submit" disabled={!text.trim()}>
          Skip
        </Button>
      </form>
      {actions
        .filter(({ id }) => id === "skip-back")
        .map((action) => (
          <ActionButton key={action.id} action={action} look="quiet" size="small" />
        ))}
    </div>
  );
}
