const place = "pentimento.mask-session";

/**
 * The name under which this page leases regions: kept over a reload, and not shared with a copy of the tab, which
 * starts with the same storage.
 */
export async function deskSession(): Promise<string> {
  const stored = sessionStorage.getItem(place);
  if (stored && (await takeName(stored))) return stored;
  const fresh = crypto.randomUUID();
  await takeName(fresh);
  sessionStorage.setItem(place, fresh);
  return fresh;
}

/** Names that this page holds already: it may open several desks, one after the other. */
const mine = new Set<string>();

/** Whether no other page has the name. The browser frees it when this page ends. */
function takeName(name: string): Promise<boolean> {
  if (mine.has(name) || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`pentimento-mask-desk/${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (!lock) return undefined;
      mine.add(name);
      return new Promise<void>(() => {});
    });
  });
}
