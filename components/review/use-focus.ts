import { type RefObject, useEffect, useRef } from "react";

/** Puts the focus into a field of a dialog, after the dialog itself has opened and chosen its first button. */
export function useFocus<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  // The browser's focus is the external system.
  useEffect(() => {
    const frame = requestAnimationFrame(() => ref.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return ref;
}
