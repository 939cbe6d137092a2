"use client";

import { useSyncExternalStore } from "react";
import { applyTheme, type Theme, themeKey } from "./theme";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Theme {
  const stored = localStorage.getItem(themeKey);
  return stored === "dark" || stored === "light" ? stored : "system";
}

/** Sets the theme, and tells every switch that shows it. */
export function setTheme(theme: Theme): void {
  applyTheme(theme);
  for (const listener of listeners) listener();
}

export function ThemeSwitch() {
  const theme = useSyncExternalStore(subscribe, current, () => "system" as const);
  return (
    <label className="flex items-center justify-between gap-2 text-xs text-ink-soft">
      Theme
      <select
        value={theme}
        onChange={(event) => setTheme(event.target.value as Theme)}
        className="rounded border border-line bg-panel px-1 py-0.5 text-ink"
      >
        <option value="system">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
