import { type RefObject, useEffect, useRef, useState } from "react";

/** After so long without another letter, what was typed is searched, ms. */
const pauseMs = 300;

/**
 * The text of a search field: what is typed reaches `onText` after a pause, on Enter and when the field is left.
 * Changes of `value` that come from elsewhere (a saved view, Back) reach a field that nobody types in.
 */
export function useTypedText(
  value: string,
  field: RefObject<HTMLInputElement | null>,
  onText: (text: string) => void,
): { text: string; type: (text: string) => void; commit: () => void } {
  const [text, setText] = useState(value);
  const latest = useRef({ text, onText });
  latest.current = { text, onText };
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The focus is the external system, and the timer.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(value);
  }, [value, field]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const commit = () => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current.onText(latest.current.text.trim());
  };
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(commit, pauseMs);
  };
  return { text, type, commit };
}
