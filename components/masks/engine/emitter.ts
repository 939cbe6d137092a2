/** Tells listeners by name of event. A listener that fails does not keep others from hearing. */
export function createEmitter<Events>() {
  const listeners = new Map<keyof Events, Set<(value: never) => void>>();
  return {
    on<K extends keyof Events>(event: K, listener: (value: Events[K]) => void): () => void {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => all.delete(listener);
    },
    emit<K extends keyof Events>(event: K, value: Events[K]): void {
      for (const listener of listeners.get(event) ?? []) {
        try {
          (listener as (value: Events[K]) => void)(value);
        } catch (error) {
          reportError(error);
        }
      }
    },
    clear: () => listeners.clear(),
  };
}
