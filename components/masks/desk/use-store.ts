"use client";

import { useRef, useSyncExternalStore } from "react";
import type { EditorLook, EditorStore } from "./editor-look";

interface Store<T> {
  subscribe(listener: () => void): () => void;
  state(): T;
}

/** The state of one of the desk's stores, as it changes. */
export function useStoreState<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.state, store.state);
}

/** A part of the editor's look; the component renders again only when that part changes (shallowly compared). */
export function useLook<T>(store: EditorStore, select: (look: EditorLook) => T): T {
  return useLookIfAny(store, select)!;
}

/** The same where there may be no editor yet: null then. */
export function useLookIfAny<T>(store: EditorStore | null, select: (look: EditorLook) => T): T | null {
  const last = useRef<T | null>(null);
  const read = () => {
    if (!store) return null;
    const next = select(store.look());
    if (last.current === null || !sameFields(last.current, next)) last.current = next;
    return last.current;
  };
  return useSyncExternalStore(store?.subscribe ?? never, read, read);
}

const never = () => () => {};

function sameFields(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => Object.is(value, (b as Record<string, unknown>)[key]))
  );
}
