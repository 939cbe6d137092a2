"use client";

import { useCallback, useSyncExternalStore } from "react";
import { z } from "zod";
import type { KeyBindings } from "./key-bindings";

const schema = z.record(z.string(), z.array(z.string().min(1).max(40)).max(6));
const none: KeyBindings = {};
const listeners = new Set<() => void>();
/** What was read last, so that a snapshot is the same object until it changes. */
const read = new Map<string, { text: string | null; bindings: KeyBindings }>();

/** A person's own keys for a desk, kept in this browser and the same in all its tabs. */
export function useKeyBindings(desk: string): [KeyBindings, (bindings: KeyBindings) => void] {
  const place = `pentimento.keys.${desk}`;
  const bindings = useSyncExternalStore(
    subscribe,
    () => current(place),
    () => none,
  );
  const set = useCallback(
    (next: KeyBindings) => {
      if (Object.keys(next).length > 0) localStorage.setItem(place, JSON.stringify(next));
      else localStorage.removeItem(place);
      for (const listener of listeners) listener();
    },
    [place],
  );
  return [bindings, set];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function current(place: string): KeyBindings {
  const text = localStorage.getItem(place);
  const known = read.get(place);
  if (known && known.text === text) return known.bindings;
  const bindings = parse(text);
  read.set(place, { text, bindings });
  return bindings;
}

function parse(text: string | null): KeyBindings {
  if (!text) return none;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? none;
  } catch {
    return none;
  }
}
