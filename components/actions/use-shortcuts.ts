"use client";

import { type RefObject, useEffect, useRef } from "react";
import { type Action, isForFocusedElement, keyName } from "./action";

/** Runs actions by their keys while the component is mounted. `scope` is needed inside a dialog. */
export function useShortcuts(actions: readonly Action[], scope?: RefObject<Element | null>): void {
  const latest = useRef(actions);
  latest.current = actions;
  // The window's keyboard is the external system.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const pressed = keyName(event);
      const action = latest.current.find(({ keys }) => keys.includes(pressed));
      if (!action || isForFocusedElement(event, action, scope?.current)) return;
      event.preventDefault();
      if (action.enabled !== false && !event.repeat) action.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [scope]);
}
