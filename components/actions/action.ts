/** Something a person can do on a page. One definition feeds button, shortcut, and help. */
export interface Action {
  id: string;
  label: string;
  /** Keys as `KeyboardEvent.key`, with `Ctrl+`, `Shift+` or `Alt+` in front; the first is shown. `Ctrl` is ⌘ on a Mac. */
  keys: readonly string[];
  run: () => void;
  /** False while it makes no sense: the button is off and the key does nothing. */
  enabled?: boolean;
  /** Heading it stands under in the help. */
  group?: string;
}

/** The event as the notation of `Action.keys`. */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // A shifted sign such as `?` is its own key; Shift counts only with letters and named keys.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key));
  return [(event.ctrlKey || event.metaKey) && "Ctrl+", event.altKey && "Alt+", shift && "Shift+", key]
    .filter(Boolean)
    .join("");
}

/** Whether a key press belongs to what has the focus and not to the page. */
export function isForFocusedElement(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target) return false;
  if (document.querySelector("dialog[open]")) return true;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
    return !(
      target instanceof HTMLInputElement &&
      ["checkbox", "radio", "range"].includes(target.type) &&
      event.key.length === 1
    );
  }
  return /^(BUTTON|A|SUMMARY)$/.test(target.tagName) && (event.key === "Enter" || event.key === " ");
}
