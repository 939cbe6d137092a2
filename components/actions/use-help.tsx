"use client";

import { type ReactNode, useState } from "react";
import type { Action } from "./action";
import { reachable } from "./key-bindings";
import { registry } from "./registry";
import { ShortcutHelp } from "./shortcut-help";

/** The `?` action of a page and the dialog it opens, which lists `actions`. */
export function useHelp(actions: readonly Action[]): { help: Action; dialog: ReactNode } {
  const [open, setOpen] = useState(false);
  const help: Action = { id: "help", label: "Keys", keys: ["?"], run: () => setOpen(true) };
  return {
    help,
    dialog: (
      <ShortcutHelp
        actions={[
          ...actions,
          { ...help, label: "Show this help" },
          ...reachable(registry.everywhere(), actions),
        ]}
        open={open}
        onClose={() => setOpen(false)}
      />
    ),
  };
}
