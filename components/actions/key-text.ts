import { keysInTurn } from "./key-sequence";

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

/** A key in words, for tooltips: `Ctrl+Z`, `G then A`. */
export function keyText(key: string): string {
  return keysInTurn(key)
    .map((one) => keyParts(one).join("+"))
    .join(" then ");
}

/** Keys in the notation of `aria-keyshortcuts`, which has none for keys in turn; undefined for none. */
export function ariaKeys(keys: readonly string[]): string | undefined {
  const single = keys.filter((key) => keysInTurn(key).length === 1);
  return single.map((key) => key.replace("Ctrl+", "Control+").replace(/^ $/, "Space")).join(" ") || undefined;
}
