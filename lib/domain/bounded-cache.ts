/** Remembers the results of `make` for the last `limit` keys used; a failed `make` is not remembered. */
export function boundedCache<T>(limit: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const entries = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = entries.get(key);
    const entry = known ?? make();
    entries.delete(key);
    entries.set(key, entry);
    if (!known) {
      entry.catch(() => entries.delete(key));
      const oldest = entries.keys().next().value;
      if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
    }
    return entry;
  };
}
