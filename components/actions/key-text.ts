const names: Record<string, string> = {
  " ": "Space",
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Backspace: "⌫",
  Escape: "Esc",
};

/** The parts of a key's name as they stand on a keyboard: `Ctrl+z` is Ctrl and Z. */
export function keyParts(key: string): string[] {
  return key.split(/(?<=.)\+/).map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** A key in words, for tooltips: `Ctrl+Z`. */
export function keyText(key: string): string {
  return keyParts(key).join("+");
}

/** Keys in the notation of `aria-keyshortcuts`; undefined for none. */
export function ariaKeys(keys: readonly string[]): string | undefined {
  return keys.map((key) => key.replace("Ctrl+", "Control+").replace(/^ $/, "Space")).join(" ") || undefined;
}
