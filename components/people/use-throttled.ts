"use client";

import { useEffect, useRef, useState } from "react";

/** A value that changes at most once in `ms`: at once after a rest, else to the newest when the time is over. */
export function useThrottled<T>(value: T, ms: number): T {
  const [passed, setPassed] = useState(value);
  const changedAt = useRef(0);
  // The clock is the external system.
  useEffect(() => {
    const wait = Math.max(0, changedAt.current + ms - Date.now());
    const timer = setTimeout(() => {
      changedAt.current = Date.now();
      setPassed(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return passed;
}
