"use client";

import { useEffect, useRef } from "react";
import { type Action, isForFocusedElement, keyName } from "./action";

/** Runs actions by their keys while the component is mounted. */
export function useShortcuts(actions: readonly Action[]): void {
  const latest = useRef(actions);
  latest.current = actions;
  // The window's keyboard is the external system.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isForFocusedElement(event)) return;
      const pressed = keyName(event);
      const action = latest.current.find(({ keys }) => keys.includes(pressed));
      if (!action) return;
      event.preventDefault();
      if (action.enabled !== false && !event.repeat) action.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
