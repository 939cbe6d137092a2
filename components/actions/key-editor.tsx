"use client";

import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { type Action, keyName } from "./action";
import {
  isWholeKey,
  type KeyBindings,
  keyConflicts,
  objectionTo,
  rebind,
  withBindings,
} from "./key-bindings";
import { Key } from "./shortcut-help";

interface KeyEditorProps {
  /** As the desk defines them, without the person's keys. */
  definitions: readonly Action[];
  bindings: KeyBindings;
  onChange: (bindings: KeyBindings) => void;
  open: boolean;
  onClose: () => void;
}

/** A key that an action is about to take from another. */
interface Pending {
  action: Action;
  key: string;
  text: string;
  /** The other would lose it; otherwise it cannot be had. */
  possible: boolean;
}

/** Every action of a desk with its keys, each of which can be changed by pressing another. */
export function KeyEditor({ definitions, bindings, onChange, open, onClose }: KeyEditorProps) {
  const [waiting, setWaiting] = useState<string | null>(null);
  const [pending, setPending] = useState<Pending | null>(null);
  const actions = withBindings(definitions, bindings);
  const conflicts = keyConflicts(actions);
  const shown = actions.filter(({ keys, fixed }) => keys.length > 0 || !fixed);
  const groups = [...new Set(shown.map((action) => action.group ?? "Page"))];

  const take = (action: Action, key: string) => {
    onChange(rebind(bindings, actions, action, key));
    setPending(null);
    setWaiting(null);
  };
  const press = (event: KeyboardEvent, action: Action) => {
    if (!isWholeKey(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return setWaiting(null);
    const key = keyName(event.nativeEvent);
    const objection = objectionTo(key, action, actions);
    if (!objection) return take(action, key);
    const text =
      objection.kind === "browser"
        ? objection.reason
        : objection.kind === "fixed"
          ? `It is the key of “${objection.owner.label}”, which cannot be changed.`
          : `It is the key of “${objection.owner.label}”.`;
    setPending({ action, key, text, possible: objection.kind === "taken" });
    setWaiting(null);
  };
  const reset = (action: Action) => {
    const { [action.id]: _, ...rest } = bindings;
    onChange(rest);
  };

  return (
    <Dialog title="Keyboard shortcuts" open={open} onClose={onClose} wide>
      <div className="flex flex-wrap items-center gap-3 text-[13px] text-ink-soft">
        <p className="min-w-0 flex-1">Click a key to change it, then press the new one. Escape leaves it.</p>
        <Button size="small" disabled={Object.keys(bindings).length === 0} onClick={() => onChange({})}>
          Reset all keys
        </Button>
      </div>
      {pending && (
        <div
          role="alert"
          className="flex flex-wrap items-center gap-2 rounded-lg bg-warn-soft px-3 py-2 text-[13px] text-warn"
        >
          <span className="flex-1">
            <Key name={pending.key} /> for “{pending.action.label}”: {pending.text}
          </span>
          {pending.possible && (
            <Button size="small" onClick={() => take(pending.action, pending.key)}>
              Take it over
            </Button>
          )}
          <Button size="small" look="quiet" onClick={() => setPending(null)}>
            Leave it
          </Button>
        </div>
      )}
      <div className="columns-1 gap-10 md:columns-2">
        {groups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1.5 text-xs font-semibold tracking-wide text-ink-soft uppercase">{group}</h3>
            <ul className="flex flex-col gap-0.5">
              {shown
                .filter((action) => (action.group ?? "Page") === group)
                .map((action) => (
                  <li key={action.id} className="flex min-h-7 items-center gap-2">
                    <span className="min-w-0 flex-1">{action.label}</span>
                    {bindings[action.id] && !action.fixed && (
                      <button
                        type="button"
                        className="text-xs text-ink-soft hover:text-ink hover:underline"
                        aria-label={`Reset the key of ${action.label}`}
                        onClick={() => reset(action)}
                      >
                        reset
                      </button>
                    )}
                    <KeyCell
                      action={action}
                      waiting={waiting === action.id}
                      clash={action.keys.some((key) => conflicts.has(key))}
                      onStart={() => {
                        setPending(null);
                        setWaiting(action.id);
                      }}
                      onStop={() => setWaiting(null)}
                      onPress={(event) => press(event, action)}
                    />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

interface KeyCellProps {
  action: Action;
  waiting: boolean;
  clash: boolean;
  onStart: () => void;
  onStop: () => void;
  onPress: (event: KeyboardEvent) => void;
}

function KeyCell({ action, waiting, clash, onStart, onStop, onPress }: KeyCellProps) {
  const keys = (
    <>
      {action.keys.map((key) => (
        <Key key={key} name={key} />
      ))}
      {action.keys.length === 0 && <span className="text-xs text-ink-soft">none</span>}
    </>
  );
  if (action.fixed) return <span className="flex gap-1.5 px-1.5 py-0.5">{keys}</span>;
  return (
    <button
      type="button"
      aria-label={waiting ? `Press the new key of ${action.label}` : `Change the key of ${action.label}`}
      onClick={onStart}
      onBlur={onStop}
      onKeyDown={waiting ? onPress : undefined}
      className={classNames(
        "flex min-h-6 items-center gap-1.5 rounded px-1.5 py-0.5 hover:bg-sunken",
        waiting && "bg-accent-soft text-accent outline-2 outline-accent",
        clash && !waiting && "bg-bad-soft",
      )}
    >
      {waiting ? <span className="text-xs">Press a key…</span> : keys}
    </button>
  );
}
