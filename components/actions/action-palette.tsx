"use client";

import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { TextInput } from "@/components/ui/field";
import type { Action } from "./action";
import { findActions } from "./find-actions";
import { Key } from "./shortcut-help";

interface ActionPaletteProps {
  actions: readonly Action[];
  open: boolean;
  onClose: () => void;
}

/** Everything that can be done now as a list that typing narrows: the menu of those who know the word, not the place. */
export function ActionPalette({ actions, open, onClose }: ActionPaletteProps) {
  return (
    <Dialog title="All actions" open={open} onClose={onClose}>
      <Choices actions={actions} onClose={onClose} />
    </Dialog>
  );
}

function Choices({ actions, onClose }: { actions: readonly Action[]; onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = findActions(actions, text);
  const chosen = Math.min(at, found.length - 1);
  const run = (action: Action | undefined) => {
    if (!action) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(action.run);
  };
  return (
    <>
      <TextInput
        role="combobox"
        aria-label="Find an action or a page"
        aria-expanded="true"
        aria-controls="action-choices"
        aria-activedescendant={found[chosen] && `action-${found[chosen].id}`}
        placeholder="Find an action or a page"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step) setAt(Math.min(found.length - 1, Math.max(0, chosen + step)));
          else if (event.key === "Enter") run(found[chosen]);
          else return;
          event.preventDefault();
        }}
      />
      <div
        id="action-choices"
        role="listbox"
        aria-label="Actions"
        className="flex max-h-[50vh] flex-col overflow-y-auto"
      >
        {found.map((action, index) => (
          <button
            key={action.id}
            id={`action-${action.id}`}
            type="button"
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => run(action)}
            className={classNames(
              "flex items-center gap-3 rounded-md px-3 py-1.5 text-left",
              index === chosen ? "bg-accent-soft text-accent" : "hover:bg-sunken",
            )}
          >
            <span className="min-w-0 flex-1">{action.label}</span>
            <span className="text-xs text-ink-soft">{action.group}</span>
            {action.keys[0] && <Key name={action.keys[0]} />}
          </button>
        ))}
        {found.length === 0 && <p className="px-3 py-4 text-ink-soft">Nothing is called that.</p>}
      </div>
    </>
  );
}
