import type { Action } from "./action";
import { keysInTurn, startsSequence } from "./key-sequence";

/** A person's own keys: action id to its keys, which replace the definition's. */
export type KeyBindings = Readonly<Record<string, readonly string[]>>;

/** The actions with the person's keys in place of their own. */
export function withBindings(actions: readonly Action[], bindings: KeyBindings): Action[] {
  return actions.map((action) => {
    const own = action.fixed ? undefined : bindings[action.id];
    return own ? { ...action, keys: own } : action;
  });
}

/** What of `everywhere` can be reached by a key where a part of the page has `own` actions, whose keys come first. */
export function reachable(everywhere: readonly Action[], own: readonly Action[]): Action[] {
  const taken = new Set(own.flatMap(({ keys }) => keys));
  return everywhere.filter(
    ({ id, keys }) =>
      !own.some((action) => action.id === id) &&
      keys.some((key) => !taken.has(key) && !taken.has(keysInTurn(key)[0]!)),
  );
}

/** Keys that more than one action answers to at the same time, with the ids of those actions. */
export function keyConflicts(actions: readonly Action[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const action of actions) {
    for (const key of action.keys) owners.set(key, [...(owners.get(key) ?? []), action.id]);
  }
  // A key may mean two things in two modes, if the definition says so for both.
  const shared = new Set(actions.filter(({ mode }) => mode).map(({ id }) => id));
  return new Map([...owners].filter(([, ids]) => ids.filter((id) => !shared.has(id)).length > 1));
}

/** What stands against giving `key` to an action. */
export type KeyObjection =
  | { kind: "browser"; reason: string }
  | { kind: "fixed"; owner: Action }
  | { kind: "taken"; owner: Action };

/** Keys that the browser or the system keeps for itself, or that move the focus. */
const reserved = new Set([
  "Tab",
  "Shift+Tab",
  "Escape",
  "F5",
  "F11",
  "F12",
  ...["l", "n", "q", "r", "t", "w", "Tab"].map((key) => `Ctrl+${key}`),
  ...["i", "j", "n", "t", "w"].map((key) => `Ctrl+Shift+${key}`),
  "Alt+F4",
  "Alt+ArrowLeft",
  "Alt+ArrowRight",
]);
const modifiers = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead"]);

/** Whether a key press is one of a key that can stand alone, and not of a modifier on its way. */
export function isWholeKey(event: KeyboardEvent): boolean {
  return !modifiers.has(event.key);
}

/** Why `key` cannot be given to the action without more, or null if it can. */
export function objectionTo(key: string, action: Action, all: readonly Action[]): KeyObjection | null {
  if (reserved.has(key)) return { kind: "browser", reason: "The browser keeps this key for itself." };
  const owner = all.find(
    ({ id, keys, mode }) =>
      id !== action.id && !mode && keys.some((other) => other === key || startsSequence(other, key)),
  );
  if (!owner) return null;
  return owner.fixed ? { kind: "fixed", owner } : { kind: "taken", owner };
}

/** Bindings after `key` became the first key of an action; whoever had it loses it. */
export function rebind(
  bindings: KeyBindings,
  actions: readonly Action[],
  action: Action,
  key: string,
): KeyBindings {
  const next: Record<string, readonly string[]> = { ...bindings };
  for (const other of actions) {
    if (other.id === action.id || other.fixed || other.mode || !other.keys.includes(key)) continue;
    next[other.id] = other.keys.filter((had) => had !== key);
  }
  next[action.id] = [key, ...action.keys.slice(1).filter((had) => had !== key)];
  return next;
}
