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
      // Of two with the same key, the one that makes sense now.
      const owners = latest.current.filter(({ keys }) => keys.includes(pressed));
      const action = owners.find(({ enabled }) => enabled !== false) ?? owners[0];
      if (!action || isForFocusedElement(event, action, scope?.current)) return;
      event.preventDefault();
      if (action.enabled === false || (event.repeat && !action.repeats)) return;
      if (action.release) held.set(event.code, action.id);
      action.run();
    };
    /** Keys that are down, by their place on the keyboard, and the action that waits for their release. */
    const held = new Map<string, string>();
    const release = (code: string) => {
      const id = held.get(code);
      held.delete(code);
      latest.current.find((action) => action.id === id)?.release?.();
    };
    const onKeyUp = ({ code }: KeyboardEvent) => held.has(code) && release(code);
    // A key let go in another window is not told.
    const onBlur = () => [...held.keys()].forEach(release);
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("keyup", onKeyUp);
    window.addEventListener("blur", onBlur);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("keyup", onKeyUp);
      window.removeEventListener("blur", onBlur);
    };
  }, [scope]);
}
