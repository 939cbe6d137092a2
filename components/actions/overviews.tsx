"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { Action } from "./action";
import { ActionPalette } from "./action-palette";
import { reachable } from "./key-bindings";
import { listenToKeys } from "./key-listener";
import { keysInTurn, startsSequence } from "./key-sequence";
import { actionsOf, type Overview, registry } from "./registry";
import { Key, ShortcutHelp } from "./shortcut-help";

/** The keyboard of the whole studio, and the menu and the help over what can be done now. Stands last in the page. */
export function ActionOverviews() {
  const [begun, setBegun] = useState<string | null>(null);
  const overview = useSyncExternalStore(registry.subscribe, registry.overview, () => null);
  // The window's keyboard is the external system.
  useEffect(() => listenToKeys(registry, setBegun), []);
  const close = () => registry.show(null);
  return (
    <>
      {begun && <SequenceHint begun={begun} actions={actionsOf(registry.live())} />}
      <ActionPalette
        actions={overview ? actionsOf(overview.sources) : []}
        open={overview?.kind === "menu"}
        onClose={close}
      />
      <ShortcutHelp
        actions={overview?.kind === "keys" ? keysOf(overview) : []}
        open={overview?.kind === "keys"}
        onClose={close}
      />
    </>
  );
}

function keysOf({ sources }: Overview): Action[] {
  const own = actionsOf(sources.filter(({ everywhere }) => !everywhere));
  return [...own, ...reachable(actionsOf(sources.filter(({ everywhere }) => everywhere)), own)];
}

/** What may follow the key that was pressed. */
function SequenceHint({ begun, actions }: { begun: string; actions: readonly Action[] }) {
  const next = actions.flatMap(({ id, label, keys }) => {
    const key = keys.find((one) => startsSequence(one, begun));
    return key ? [{ id, label, key: keysInTurn(key).at(-1)! }] : [];
  });
  return (
    <div
      role="status"
      className="fixed bottom-4 left-1/2 z-50 w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 rounded-xl border border-line-strong/60 bg-panel p-4 shadow-xl"
    >
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1.5 sm:grid-cols-3">
        {next.map(({ id, label, key }) => (
          <li key={id} className="flex items-center gap-2.5">
            <Key name={key} />
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
