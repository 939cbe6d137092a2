/** Something a person can do on a page. One definition feeds button, key, menu and help. */
export interface Action {
  id: string;
  label: string;
  /**
   * Keys as `KeyboardEvent.key`, with `Ctrl+`, `Shift+` or `Alt+` in front; the first is shown. `Ctrl` is ⌘ on a Mac.
   * `g a` is G and then A.
   */
  keys: readonly string[];
  run: () => void;
  /** False while it makes no sense: the button is off and the key does nothing. */
  enabled?: boolean;
  /** Heading it stands under in the help. */
  group?: string;
  /** Its keys work in text fields too: only for keys that type nothing. */
  whileTyping?: boolean;
  /** Run when the key is let go. */
  release?: () => void;
  /** Goes on while the key is held down. */
  repeats?: boolean;
  /** Its keys cannot be changed by the person. */
  fixed?: boolean;
  /** Its keys count only in a mode in which others that have them are off; no conflict with those. */
  mode?: boolean;
  /** SVG path data on a 20×20 grid, drawn as a 1.5 px line. */
  icon?: string;
}

/** The event as the notation of `Action.keys`. */
export function keyName(event: KeyboardEvent): string {
  // With Alt (⌥), some keyboards type special signs: the key's place counts.
  const placed = event.altKey && /^(Digit|Key)\w$/.test(event.code);
  const name = placed ? event.code.slice(-1) : event.key;
  const key = name.length === 1 ? name.toLowerCase() : name;
  // A shifted sign such as `?` is its own key; Shift counts only with letters and named keys.
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key));
  return [(event.ctrlKey || event.metaKey) && "Ctrl+", event.altKey && "Alt+", shift && "Shift+", key]
    .filter(Boolean)
    .join("");
}

/** Whether the element with the focus types text. */
function isTyping(target: HTMLElement): boolean {
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "radio", "range"].includes(target.type))
  );
}

/** Whether a key press belongs to what has the focus, and not to the action. */
export function isForFocusedElement(event: KeyboardEvent, action: Action): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target) return false;
  if (isTyping(target)) return !action.whileTyping;
  if (/^(BUTTON|A|SUMMARY)$/.test(target.tagName)) return event.key === "Enter" || event.key === " ";
  return target instanceof HTMLInputElement && event.key.length > 1 && !action.whileTyping;
}
