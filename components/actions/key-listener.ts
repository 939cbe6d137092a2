import { type Action, isForFocusedElement, keyName } from "./action";
import { isWholeKey } from "./key-bindings";
import { startsSequence } from "./key-sequence";
import type { ActionRegistry, ActionSource } from "./registry";

/** A sequence such as `g a` is forgotten if its next key does not follow within so long. */
const sequenceMs = 2000;

/**
 * Runs the registry's actions by their keys until the returned function is called. `onSequence` hears of the key that
 * began a sequence, and of its end.
 */
export function listenToKeys(
  registry: ActionRegistry,
  onSequence: (begun: string | null) => void,
): () => void {
  /** Keys that are down, by their place on the keyboard, and whose action waits for their release. */
  const held = new Map<string, Owned>();
  let begun: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const begin = (key: string | null) => {
    clearTimeout(timer);
    if (key) timer = setTimeout(() => begin(null), sequenceMs);
    if (key === begun) return;
    begun = key;
    onSequence(key);
  };

  const run = (event: KeyboardEvent, owned: Owned) => {
    const { action } = owned;
    event.preventDefault();
    if (action.enabled === false || (event.repeat && !action.repeats)) return;
    if (action.release) held.set(event.code, owned);
    action.run();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !isWholeKey(event)) return;
    const pressed = keyName(event);
    if (begun) {
      const next = ownerOf(registry, event, `${begun} ${pressed}`);
      begin(null);
      if (next) return run(event, next);
      if (pressed === "Escape") return event.preventDefault();
    }
    const owner = ownerOf(registry, event, pressed);
    if (owner) return run(event, owner);
    if (event.repeat || !firstOf(registry, event, (key) => startsSequence(key, pressed))) return;
    event.preventDefault();
    begin(pressed);
  };

  const release = (code: string) => {
    const owned = held.get(code);
    held.delete(code);
    // As it is now: it was made anew since the key went down.
    owned?.source
      .actions()
      .find(({ id }) => id === owned.action.id)
      ?.release?.();
  };
  const onKeyUp = ({ code }: KeyboardEvent) => release(code);
  // A key let go in another window is not told.
  const onBlur = () => {
    begin(null);
    [...held.keys()].forEach(release);
  };
  window.addEventListener("keydown", onKeyDown);
  window.addEventListener("keyup", onKeyUp);
  window.addEventListener("blur", onBlur);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("keydown", onKeyDown);
    window.removeEventListener("keyup", onKeyUp);
    window.removeEventListener("blur", onBlur);
  };
}

interface Owned {
  source: ActionSource;
  action: Action;
}

const ownerOf = (registry: ActionRegistry, event: KeyboardEvent, pressed: string) =>
  firstOf(registry, event, (key) => key === pressed);

/** The action with such a key in the first part of the page that the key press is for. */
function firstOf(
  registry: ActionRegistry,
  event: KeyboardEvent,
  isKey: (key: string) => boolean,
): Owned | null {
  for (const source of registry.live()) {
    // Of two with the same key, the one that makes sense now.
    const owners = source.actions().filter(({ keys }) => keys.some(isKey));
    const action = owners.find(({ enabled }) => enabled !== false) ?? owners[0];
    if (action && !isForFocusedElement(event, action)) return { source, action };
  }
  return null;
}
