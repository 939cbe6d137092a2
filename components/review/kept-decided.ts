import { z } from "zod";

const storageKey = "pentimento review decided";
/** As far back as anybody undoes. */
const most = 500;

/** Samples that this tab decided on, the last one last: undo reaches over a reload and another filter. */
export function readDecided(): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(sessionStorage.getItem(storageKey) ?? "[]"));
  } catch {
    return [];
  }
}

export function writeDecided(ids: readonly string[]): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(ids.slice(-most)));
  } catch {
    // Without storage undo reaches as far as the page.
  }
}
