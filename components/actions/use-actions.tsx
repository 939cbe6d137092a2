"use client";

import { type ReactNode, type RefObject, useState } from "react";
import type { Action } from "./action";
import { reachable, withBindings } from "./key-bindings";
import { KeyEditor } from "./key-editor";
import { registry } from "./registry";
import { useKeyBindings } from "./use-key-bindings";
import { useShortcuts } from "./use-shortcuts";

/**
 * The actions of a desk with the person's own keys, listened to while the component is mounted, the `?` action, and
 * the dialog it opens, in which the keys can be changed.
 */
export function useActions(
  desk: string,
  definitions: readonly Action[],
  scope?: RefObject<Element | null>,
): { actions: Action[]; help: Action; dialog: ReactNode } {
  const [bindings, setBindings] = useKeyBindings(desk);
  const [open, setOpen] = useState(false);
  const help: Action = { id: "help", label: "Keys", keys: ["?"], fixed: true, run: () => setOpen(true) };
  const actions = withBindings(definitions, bindings);
  useShortcuts([...actions, help], scope);
  return {
    actions,
    help,
    dialog: (
      <KeyEditor
        definitions={[
          ...definitions,
          { ...help, label: "Show this help", group: "Page" },
          ...reachable(registry.everywhere(), actions),
        ]}
        bindings={bindings}
        onChange={setBindings}
        open={open}
        onClose={() => setOpen(false)}
      />
    ),
  };
}
