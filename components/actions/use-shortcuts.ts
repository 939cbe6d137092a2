"use client";

import { type RefObject, useEffect, useRef } from "react";
import type { Action } from "./action";
import { registry } from "./registry";

/**
 * Offers actions while the component is mounted: by their keys, in the menu and in the help. `scope` is an element of
 * the component, for one that may lie in a dialog; `everywhere` is of the studio's frame.
 */
export function useShortcuts(
  actions: readonly Action[],
  scope?: RefObject<Element | null>,
  everywhere = false,
): void {
  const latest = useRef(actions);
  latest.current = actions;
  // The registry, which the window's keyboard asks, is the external system.
  useEffect(
    () =>
      registry.add({
        actions: () => latest.current,
        everywhere,
        ...(scope && { scope: () => scope.current }),
      }),
    [scope, everywhere],
  );
}
