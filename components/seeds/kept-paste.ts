const key = "pentimento-seed-paste";

/** The pasted text that was not added yet, as this browser keeps it. */
export function loadPaste(): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** Keeps a pasted text until it is added; an empty one is forgotten. */
export function keepPaste(text: string): void {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // A full or forbidden storage only costs the safety net.
  }
}
